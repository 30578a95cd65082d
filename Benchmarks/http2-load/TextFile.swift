import Glibc

/// Whole files of text.
enum TextFile {
    static func read(_ path: String) throws(CommandLineOptions.Fault) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw unreadable(path) }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }

    private static func unreadable(_ path: String) -> CommandLineOptions.Fault {
        CommandLineOptions.Fault("cannot read \(path): \(String(cString: strerror(errno)))")
    }
}
