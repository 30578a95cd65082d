import Glibc

/// A file that a person names at the command line.
public enum InputFile {
    /// The file's bytes, up to a limit.
    public static func read(_ path: String, limit: Int) throws(ToolFault) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, errno) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { throw ToolFault("\(path) has more than \(limit) bytes.") }
        }
    }

    /// The file's text: keys and certificates are small.
    public static func text(_ path: String) throws(ToolFault) -> String {
        String(decoding: try read(path, limit: 1 << 20), as: UTF8.self)
    }

    private static func unreadable(_ path: String, _ code: Int32) -> ToolFault {
        ToolFault("\(path) can't be read: \(String(cString: strerror(code))).")
    }
}
