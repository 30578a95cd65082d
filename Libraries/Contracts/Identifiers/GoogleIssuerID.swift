/// An issuer account of Google Wallet: `3388000000012345678`.
public struct GoogleIssuerID: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...20, Alphabet.isDigit) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "a Google issuer id: 1 to 20 digits"
}
