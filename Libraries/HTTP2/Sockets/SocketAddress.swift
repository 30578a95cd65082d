import Glibc

/// An address and port of a socket.
struct SocketAddress: Hashable {
    private let bytes: [UInt8]

    init(_ address: UnsafePointer<sockaddr>, length: socklen_t) {
        bytes = Array(UnsafeRawBufferPointer(start: address, count: Int(length)))
    }

    /// Reads a numeric address; nil when it is none.
    init?(numeric host: String, port: Int, isPassive: Bool = false) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | (isPassive ? AI_PASSIVE : 0)
        guard let first = (try? Self.resolve(host, port: port, hints: hints))?.first else { return nil }
        self = first
    }

    /// Looks a name up, which may take long; the reason when it has no address.
    static func resolve(_ host: String, port: Int) -> Result<[SocketAddress], ResolverFailure> {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICSERV | AI_ADDRCONFIG
        return Result { () throws(ResolverFailure) in try resolve(host, port: port, hints: hints) }
    }

    private static func resolve(
        _ host: String, port: Int, hints: addrinfo
    ) throws(ResolverFailure) -> [SocketAddress] {
        var hints = hints
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0 else { throw ResolverFailure(reason: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = list
        while let current = entry {
            if let address = current.pointee.ai_addr {
                addresses.append(SocketAddress(address, length: current.pointee.ai_addrlen))
            }
            entry = current.pointee.ai_next
        }
        return addresses
    }

    /// The family, such as `AF_INET6`.
    var family: Int32 { withSocketAddress { address, _ in Int32(address.pointee.sa_family) } }

    /// The port.
    var port: Int { Int(bytes[2]) << 8 | Int(bytes[3]) }

    func withSocketAddress<Outcome>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Outcome) -> Outcome {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: bytes.prefix($0.count)) }
        return withUnsafePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(bytes.count)) }
        }
    }
}

/// A name without an address, in the system's words.
struct ResolverFailure: Error {
    let reason: String
}
