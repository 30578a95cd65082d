import Glibc
import Synchronization

/// Where log lines go.
public final class LogSink: Sendable {
    /// Standard output.
    public static let standardOutput = LogSink(fileDescriptor: 1)

    private struct State {
        /// Whether the last line was cut off.
        var isTorn = false
        /// Whether nobody read the last line: the next ones do not wait, so that a dead reader holds up nothing.
        var isStuck = false
    }

    private let descriptor: Int32
    /// For how many milliseconds a line waits for a reader that does not read, before it is dropped.
    private let patience: Int32
    private let state = Mutex(State())

    /// Writes to a descriptor, which may be in non-blocking mode and stays the caller's.
    public convenience init(fileDescriptor: Int32) {
        self.init(fileDescriptor: fileDescriptor, patience: 1_000)
    }

    init(fileDescriptor: Int32, patience: Int32) {
        descriptor = fileDescriptor
        self.patience = patience
    }

    /// Writes a whole line; lines of several threads never mix.
    func write(_ line: [UInt8]) {
        state.withLock { state in
            let bytes = state.isTorn ? [0x0A] + line : line
            let written = writeAll(bytes, patience: state.isStuck ? 0 : patience)
            state.isStuck = written < bytes.count
            // Without a single byte of it, the line is missing and nothing is torn.
            if written > 0 { state.isTorn = written < bytes.count }
        }
    }

    private func writeAll(_ bytes: [UInt8], patience: Int32) -> Int {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
            }
            if count >= 0 {
                offset += count
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                guard Glibc.poll(&poll, 1, patience) > 0 else { return offset }
            } else if errno != EINTR {
                return offset
            }
        }
        return offset
    }
}
