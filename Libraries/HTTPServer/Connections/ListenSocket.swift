import CMicroHTTPD
import Glibc

/// A bound, listening socket.
enum ListenSocket {
    /// Makes the socket and gives its descriptor and port.
    static func open(_ configuration: HTTPServerConfiguration) throws(HTTPServerError) -> (Int32, port: Int) {
        guard let port = in_port_t(exactly: configuration.port) else {
            throw .listenFailed(
                name: configuration.name, address: configuration.address, port: configuration.port, code: EINVAL)
        }
        var address = sockaddr_storage()
        let length = try fill(&address, configuration.address, port)
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(Int32(address.ss_family), type, 0)
        let isListening = descriptor >= 0 && listen(descriptor, &address, length)
        let code = errno
        guard isListening, let bound = boundPort(descriptor) else {
            if descriptor >= 0 { close(descriptor) }
            throw .listenFailed(
                name: configuration.name, address: configuration.address, port: configuration.port, code: code)
        }
        return (descriptor, bound)
    }

    private static func fill(
        _ address: inout sockaddr_storage, _ text: String, _ port: in_port_t
    ) throws(HTTPServerError) -> socklen_t {
        var four = sockaddr_in()
        if inet_pton(AF_INET, text, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &address) { $0.storeBytes(of: four, as: sockaddr_in.self) }
            return socklen_t(MemoryLayout<sockaddr_in>.size)
        }
        var six = sockaddr_in6()
        guard inet_pton(AF_INET6, text, &six.sin6_addr) == 1 else { throw .badAddress(text) }
        six.sin6_family = sa_family_t(AF_INET6)
        six.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &address) { $0.storeBytes(of: six, as: sockaddr_in6.self) }
        return socklen_t(MemoryLayout<sockaddr_in6>.size)
    }

    private static func listen(_ descriptor: Int32, _ address: inout sockaddr_storage, _ length: socklen_t) -> Bool {
        var on: Int32 = 1
        var off: Int32 = 0
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size) == 0 else { return false }
        if address.ss_family == sa_family_t(AF_INET6) {
            guard setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &off, size) == 0 else {
                return false
            }
        }
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) == 0 }
        }
        return isBound && Glibc.listen(descriptor, 1_024) == 0
    }

    private static func boundPort(_ descriptor: Int32) -> Int? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isKnown = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
        }
        guard isKnown else { return nil }
        // The port stands at the same place for both families.
        return withUnsafeBytes(of: &address) { Int($0.load(as: sockaddr_in.self).sin_port.bigEndian) }
    }
}
