/// Where APNs is.
struct APNsServer: Sendable, Hashable, CustomStringConvertible {
    let host: String
    let port: Int

    /// Apple's own; passes know no other environment.
    static let production = APNsServer(host: "api.push.apple.com", port: 443)

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `https://host` or `https://host:port`; nil for anything else.
    init?(_ url: String) {
        guard url.lowercased().hasPrefix("https://") else { return nil }
        var authority = url.dropFirst("https://".count)
        if authority.hasSuffix("/") { authority = authority.dropLast() }
        let isBracketed = authority.hasPrefix("[")
        let hostEnd = isBracketed ? authority.firstIndex(of: "]") : authority.firstIndex(of: ":") ?? authority.endIndex
        guard let hostEnd else { return nil }
        let host =
            isBracketed ? authority[authority.index(after: authority.startIndex)..<hostEnd] : authority[..<hostEnd]
        let rest = isBracketed ? authority[authority.index(after: hostEnd)...] : authority[hostEnd...]
        let characters = isBracketed ? "0123456789abcdefABCDEF:." : "-._"
        let isHost = host.utf8.allSatisfy { byte in
            characters.utf8.contains(byte)
                || !isBracketed && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
        }
        guard !host.isEmpty, isHost else { return nil }
        if rest.isEmpty {
            port = 443
        } else {
            guard rest.hasPrefix(":"), let number = Int(rest.dropFirst()), (1...65_535).contains(number) else {
                return nil
            }
            port = number
        }
        self.host = String(host)
    }

    /// The URL.
    var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "https://\(name)" + (port == 443 ? "" : ":\(port)")
    }
}
