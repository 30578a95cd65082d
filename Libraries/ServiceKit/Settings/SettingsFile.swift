import Glibc

/// Reads what a `…_FILE` setting names.
enum SettingsFile {
    /// No key ring and no certificate comes near it; a device file would never end.
    static let maximumBytes = 1 << 20

    /// The file's text without the line breaks at its end.
    static func read(_ path: String) throws(InvalidSetting) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, errno) }
            guard count > 0 else { break }
            bytes += buffer[..<count]
            guard bytes.count <= maximumBytes else {
                throw InvalidSetting("names a file of more than 1 MiB", remedy: "name a file with the value alone")
            }
        }
        while bytes.last == 0x0A || bytes.last == 0x0D { bytes.removeLast() }
        guard !bytes.isEmpty else {
            throw InvalidSetting("names an empty file, '\(path)'", remedy: "write the value into it")
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw InvalidSetting("names a file that is no UTF-8 text, '\(path)'", remedy: "write the value as text")
        }
        return text
    }

    private static func unreadable(_ path: String, _ code: Int32) -> InvalidSetting {
        InvalidSetting(
            "names a file that cannot be read, '\(path)' (\(String(cString: strerror(code))))",
            remedy: "name a file that this process may read")
    }
}
