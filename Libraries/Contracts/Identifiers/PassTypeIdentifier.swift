/// A kind of pass, as Apple registers it: `pass.com.example.loyalty`.
public struct PassTypeIdentifier: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...255, Alphabet.isDottedToken) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "a pass type identifier: 1 to 255 of A–Z, a–z, 0–9, ., _ and -"
}
