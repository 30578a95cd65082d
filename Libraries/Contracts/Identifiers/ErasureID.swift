/// The erasure of a contact.
public struct ErasureID: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...64, Alphabet.isToken) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "an erasure's id: 1 to 64 of A–Z, a–z, 0–9, _ and -"
}
