import HTTPTypes

/// Refuses what libcurl would send in another way than it is written.
enum RequestCheck {
    /// What the client writes itself: two of them would let two servers disagree on where a request ends.
    private static let ownFields: Set<String> = ["content-length", "transfer-encoding", "connection", "expect"]

    static func fault(of request: HTTPClientRequest) -> HTTPClientRequestFault? {
        guard isURL(request.url) else { return .url }
        guard isToken(request.method.rawValue) else { return .method }
        for field in request.headers {
            guard isToken(field.name), !ownFields.contains(field.name.lowercased()) else { return .headerField }
        }
        let hasNoBody = request.method == .get || request.method == .head
        return hasNoBody && !request.body.isEmpty ? .unexpectedBody : nil
    }

    static func isSecure(_ url: String) -> Bool {
        hasScheme(url, "https://")
    }

    private static func isURL(_ url: String) -> Bool {
        (hasScheme(url, "http://") || isSecure(url)) && url.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    private static func hasScheme(_ url: String, _ scheme: String) -> Bool {
        url.utf8.count > scheme.utf8.count
            && zip(url.utf8, scheme.utf8).allSatisfy { $0 == $1 || (0x41...0x5A).contains($0) && $0 | 0x20 == $1 }
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
}
