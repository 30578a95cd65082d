/// A block of addresses, `10.0.0.0/8` or `2001:db8::/32`; a bare address is a block of one.
public struct CIDR: Hashable, Sendable, CustomStringConvertible {
    private let base: IPAddress
    private let bits: Int

    /// The block as it was written.
    public let description: String

    /// Reads a block; nil when address or length is none.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let address = IPAddress(String(first)) else { return nil }
        let offset = address.isIPv4 ? 96 : 0
        var length = 128 - offset
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let given = Int(parts[1]),
                given <= length
            else { return nil }
            length = given
        }
        bits = length + offset
        base = address.prefix(bits)
        description = text
    }

    /// Whether the address lies in the block.
    public func contains(_ address: IPAddress) -> Bool {
        address.prefix(bits) == base
    }
}
