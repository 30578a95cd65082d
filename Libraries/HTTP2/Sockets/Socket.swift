import Glibc

/// A TCP socket that never blocks, closed with its owner.
final class Socket {
    /// A system call that failed.
    struct Failure: Error, Hashable {
        let code: Int32

        /// The system's words.
        var reason: String { String(cString: strerror(code)) }
    }

    let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Begins to connect; whether that worked is known when the socket becomes writable.
    static func connecting(to address: SocketAddress) throws(Failure) -> Socket {
        let socket = try make(address.family)
        let code = address.withSocketAddress { connect(socket.descriptor, $0, $1) }
        guard code == 0 || errno == EINPROGRESS else { throw Failure(code: errno) }
        socket.prepareStream()
        return socket
    }

    /// Listens at an address; port 0 takes any free one.
    static func listening(at address: SocketAddress) throws(Failure) -> Socket {
        let socket = try make(address.family)
        socket.set(SOL_SOCKET, SO_REUSEADDR, 1)
        guard address.withSocketAddress({ bind(socket.descriptor, $0, $1) }) == 0, listen(socket.descriptor, 512) == 0
        else { throw Failure(code: errno) }
        return socket
    }

    private static func make(_ family: Int32) throws(Failure) -> Socket {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        return Socket(descriptor: descriptor)
    }

    /// The next client that connected; nil when there is none.
    func accept() throws(Failure) -> Socket? {
        while true {
            let accepted = Glibc.accept(descriptor, nil, nil)
            if accepted >= 0 {
                let socket = Socket(descriptor: accepted)
                _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
                _ = fcntl(accepted, F_SETFL, fcntl(accepted, F_GETFL) | O_NONBLOCK)
                socket.prepareStream()
                return socket
            }
            if errno == EAGAIN { return nil }
            guard errno == EINTR || errno == ECONNABORTED else { throw Failure(code: errno) }
        }
    }

    private func prepareStream() {
        set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        // What a dead peer does not confirm for so long ends the connection.
        set(Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, 30_000)
    }

    private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Why connecting failed, if it did.
    var connectFailure: Failure? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return Failure(code: errno) }
        return code == 0 ? nil : Failure(code: code)
    }

    /// The port that the socket is bound to.
    var port: Int {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard getsockname(descriptor, address, &length) == 0 else { return 0 }
                return SocketAddress(address, length: length).port
            }
        }
    }

    /// Fills the buffer with what came; nil when there is nothing, 0 when the other side has ended.
    func receive(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int? {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count >= 0 { return count }
            if errno == EAGAIN { return nil }
            guard errno == EINTR else { throw Failure(code: errno) }
        }
    }

    /// Sends what the socket takes now of what follows an offset; how much that was.
    func send(_ bytes: [UInt8], from offset: Int) throws(Failure) -> Int {
        while true {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 { return count }
            if errno == EAGAIN { return 0 }
            guard errno == EINTR else { throw Failure(code: errno) }
        }
    }

    /// Has the connection end with a reset instead of a farewell.
    func abort() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}
