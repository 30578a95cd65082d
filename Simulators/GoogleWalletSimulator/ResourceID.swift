/// An id of a class or object, `issuerId.suffix`.
public struct ResourceID: Hashable, Sendable, CustomStringConvertible {
    /// The issuer's id.
    public let issuerID: String
    /// What the issuer has chosen.
    public let suffix: String

    /// Reads an id; nil when it is none.
    public init?(_ text: String) {
        guard let dot = text.firstIndex(of: ".") else { return nil }
        let issuer = text[..<dot]
        let suffix = text[text.index(after: dot)...]
        guard (1...20).contains(issuer.utf8.count), issuer.utf8.allSatisfy(Self.isDigit),
            (1...256).contains(suffix.utf8.count), suffix.utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        issuerID = String(issuer)
        self.suffix = String(suffix)
    }

    /// The whole id.
    public var description: String { "\(issuerID).\(suffix)" }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }
}
