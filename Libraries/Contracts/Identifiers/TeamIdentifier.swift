/// A team of Apple's developer programme: `ABCDE12345`.
public struct TeamIdentifier: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...32, Alphabet.isAlphanumeric) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "a team identifier: 1 to 32 of A–Z, a–z and 0–9"
}
