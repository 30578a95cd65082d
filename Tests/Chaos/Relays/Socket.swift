import Glibc
import Support

/// A TCP socket of 127.0.0.1 that never blocks; whoever has it closes it.
struct Socket: Sendable, Hashable {
    let descriptor: Int32

    private static let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)

    /// What came of an attempt to move bytes.
    enum Outcome {
        case moved(Int)
        case blocked, ended, broken
    }

    /// Listens on a free port.
    static func listening() throws -> (socket: Socket, port: Int) {
        let descriptor = Glibc.socket(AF_INET, type, 0)
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 512) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard descriptor >= 0, isListening else { throw ProgramFailure(description: "a relay can't listen") }
        return (Socket(descriptor: descriptor), Int(in_port_t(bigEndian: address.sin_port)))
    }

    /// Begins to connect; what comes of it shows when bytes are moved.
    static func connecting(to port: Int) -> Socket? {
        let descriptor = Glibc.socket(AF_INET, type, 0)
        guard descriptor >= 0 else { return nil }
        var address = loopback(port: port)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 || errno == EINPROGRESS else {
            Glibc.close(descriptor)
            return nil
        }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        return Socket(descriptor: descriptor)
    }

    /// The next connection that waits.
    func accepted() -> Socket? {
        let accepted = accept(descriptor, nil, nil)
        guard accepted >= 0 else { return nil }
        _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
        _ = fcntl(accepted, F_SETFL, O_NONBLOCK)
        return Socket(descriptor: accepted)
    }

    func read(into buffer: inout [UInt8]) -> Outcome {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { return .moved(count) }
        return count == 0 ? .ended : failure
    }

    func write(_ bytes: ArraySlice<UInt8>) -> Outcome {
        let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        return count >= 0 ? .moved(count) : failure
    }

    /// Says that no more comes.
    func endWriting() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    func close() {
        Glibc.close(descriptor)
    }

    /// Ends it so that the other side sees a reset.
    func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        Glibc.close(descriptor)
    }

    private var failure: Outcome {
        [EAGAIN, EWOULDBLOCK, EINTR, ENOTCONN].contains(errno) ? .blocked : .broken
    }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return address
    }
}
