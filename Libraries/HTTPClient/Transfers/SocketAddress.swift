import Glibc

/// The addresses that libcurl is about to connect to.
enum SocketAddress {
    /// The four or sixteen bytes of an IPv4 or IPv6 address in the order of the network; nil for another family.
    static func bytes(of address: UnsafeRawBufferPointer) -> [UInt8]? {
        guard address.count >= MemoryLayout<sa_family_t>.size else { return nil }
        switch Int32(address.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET where address.count >= MemoryLayout<sockaddr_in>.size:
            return withUnsafeBytes(of: address.loadUnaligned(as: sockaddr_in.self).sin_addr) { Array($0) }
        case AF_INET6 where address.count >= MemoryLayout<sockaddr_in6>.size:
            return withUnsafeBytes(of: address.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
        default: return nil
        }
    }
}
