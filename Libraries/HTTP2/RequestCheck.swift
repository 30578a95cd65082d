/// Refuses what would be no request, before a server ends the whole connection for it.
enum RequestCheck {
    /// Fields that belong to a connection of HTTP/1.1 (RFC 9113 §8.2.2), or that the client writes itself.
    private static let forbidden: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te", "host",
    ]

    static func fault(of request: HTTP2Request) -> HTTP2RequestFault? {
        guard isToken(request.method) else { return .method }
        guard request.path.utf8.first == UInt8(ascii: "/"), request.path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return .path }
        for (name, value) in request.headers {
            guard isToken(name), !name.utf8.contains(where: { (0x41...0x5A).contains($0) }), !forbidden.contains(name),
                isValue(value)
            else { return .headerField }
        }
        return nil
    }

    /// RFC 9110 §5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                case 0x21, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
                default: false
                }
            }
    }

    /// RFC 9113 §8.2.1.
    private static func isValue(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last else { return true }
        return first != 0x20 && first != 0x09 && last != 0x20 && last != 0x09
            && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }
}
