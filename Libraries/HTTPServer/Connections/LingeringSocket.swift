import Glibc

/// A connection that was answered before its body had come whole.
///
/// Closing a socket with unread bytes resets it, and a reset can destroy the answer before the client has read it.
struct LingeringSocket {
    private static let patience = Duration.seconds(2)
    /// Ten sweeps fit into the patience, so a client can send some 16 MiB for nothing.
    private static let readsPerSweep = 25

    private let descriptor: Int32
    private let deadline: MonotonicTime

    /// Holds the connection open after the HTTP library has closed its own descriptor.
    init?(copying socket: Int32) {
        descriptor = fcntl(socket, F_DUPFD_CLOEXEC, 3)
        guard descriptor >= 0 else { return nil }
        let start = MonotonicTime.now
        deadline = start.adding(Self.patience)
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Throws away what came; false once the socket is done with, and closed.
    func drain(at now: MonotonicTime) -> Bool {
        guard now < deadline else {
            end()
            return false
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        for _ in 0..<Self.readsPerSweep {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 { continue }
            if count < 0, errno == EAGAIN || errno == EINTR { return true }
            end()
            return false
        }
        return true
    }

    /// Closes the socket.
    func end() {
        close(descriptor)
    }
}
