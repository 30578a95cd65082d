import Glibc

/// Writes an answer of any length into a file without a name, so that memory stays constant.
public struct SpooledBody: ~Copyable, Sendable {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var size = 0

    /// Opens the file.
    public init() throws(HTTPServerError) {
        descriptor = try TemporaryFile.open()
        buffer.reserveCapacity(65_536)
    }

    deinit {
        close(descriptor)
    }

    /// Adds bytes at the end.
    public mutating func append(_ bytes: [UInt8]) throws(HTTPServerError) {
        size += bytes.count
        if buffer.count + bytes.count > 65_536 {
            try Self.write(buffer, to: descriptor)
            buffer.removeAll(keepingCapacity: true)
        }
        if bytes.count > 65_536 {
            try Self.write(bytes, to: descriptor)
        } else {
            buffer += bytes
        }
    }

    /// Ends the body; nothing can be added afterwards.
    public consuming func finish() throws(HTTPServerError) -> HTTPBody {
        try Self.write(buffer, to: descriptor)
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw .spoolFailed(code: errno) }
        return .file(TemporaryFile(descriptor: copy, size: size))
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(HTTPServerError) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset)
            }
            if written < 0 {
                if errno == EINTR { continue }
                throw .spoolFailed(code: errno)
            }
            offset += written
        }
    }
}
