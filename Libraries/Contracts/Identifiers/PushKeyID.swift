/// A key for token authentication with APNs, as Apple names it: `ABC123DEFG`.
public struct PushKeyID: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...32, Alphabet.isAlphanumeric) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "a key id: 1 to 32 of A–Z, a–z and 0–9"
}
