import HTTPTypes

/// Which addresses webhooks may lead to: those of the public Internet, and what an operator allows.
struct WebhookAddresses: Sendable {
    /// Blocks that are reached all the same.
    let allowed: [CIDR]

    /// Whether a connection may be made.
    func permits(_ address: IPAddress) -> Bool {
        if allowed.contains(where: { $0.contains(address) }) { return true }
        if address.isIPv4 { return !Self.reserved.contains { $0.contains(address) } }
        // Of IPv6, global unicast alone; what embeds an IPv4 address would lead around the rules of IPv4.
        return Self.global.contains { $0.contains(address) } && !Self.reserved.contains { $0.contains(address) }
    }

    /// What a host is as an address; nil for a name.
    static func literal(_ host: Substring) -> IPAddress? {
        IPAddress(String(host.first == "[" ? host.dropFirst().dropLast() : host))
    }

    private static let global = blocks(["2000::/3"])

    /// IANA's special-purpose registries, multicast, and what is reserved.
    private static let reserved = blocks([
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    ])

    private static func blocks(_ texts: [String]) -> [CIDR] { texts.compactMap(CIDR.init) }
}
