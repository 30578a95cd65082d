import HTTPTypes

/// Decides whose word about a client's address is believed.
struct TrustedProxies: Sendable {
    private let blocks: [CIDR]

    init(_ blocks: [CIDR]) {
        self.blocks = blocks
    }

    func contains(_ address: IPAddress) -> Bool {
        blocks.contains { $0.contains(address) }
    }

    /// The client of a request: the last forwarded address that is not itself trusted, when the peer is.
    ///
    /// An entry that is no address ends the search, since nothing before it can be believed.
    func client(peer: IPAddress, forwarded: [String]) -> IPAddress {
        guard contains(peer) else { return peer }
        var client = peer
        let entries = forwarded.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false)
        for entry in entries.reversed() {
            guard let address = Self.address(entry) else { return client }
            client = address
            if !contains(address) { return client }
        }
        return client
    }

    /// Reads `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1` and `[2001:db8::1]:80`.
    private static func address(_ entry: Substring) -> IPAddress? {
        let text = entry.filter { $0 != " " && $0 != "\t" }
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            return IPAddress(String(text[text.index(after: text.startIndex)..<end]))
        }
        if text.filter({ $0 == ":" }).count == 1, let colon = text.firstIndex(of: ":") {
            return IPAddress(String(text[..<colon]))
        }
        return IPAddress(text)
    }
}
