import Glibc

/// Whole files, read and written at once.
enum Files {
    static func read(_ path: String) throws(PhoneRefusal) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw failure("read", path) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// Replaces the file whole: a reader sees the old or the new one.
    static func write(_ bytes: [UInt8], to path: String) throws(PhoneRefusal) {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("write", temporary) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure("write", temporary) }
            written += count
        }
        guard rename(temporary, path) == 0 else { throw failure("write", path) }
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    static func remove(_ path: String) {
        unlink(path)
    }

    static func createDirectory(_ path: String) throws(PhoneRefusal) {
        var parent = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            parent += parent.isEmpty && !path.hasPrefix("/") ? part : "/" + part
            guard parent.isEmpty || mkdir(parent, 0o700) == 0 || errno == EEXIST else { throw failure("create", path) }
        }
    }

    private static func failure(_ action: String, _ path: String) -> PhoneRefusal {
        .unusable("cannot \(action) \(path): \(String(cString: strerror(errno)))")
    }
}
