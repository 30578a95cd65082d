import Glibc

/// An open file without a name: it is gone when the last holder lets go, however the process ends.
public final class TemporaryFile: Sendable {
    let descriptor: Int32

    /// The length in bytes.
    public let size: Int

    init(descriptor: Int32, size: Int) {
        self.descriptor = descriptor
        self.size = size
    }

    deinit {
        close(descriptor)
    }

    /// Opens a new file in the system's directory for temporary files.
    static func open() throws(HTTPServerError) -> Int32 {
        let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(directory)/wallet-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .spoolFailed(code: errno) }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }
}
