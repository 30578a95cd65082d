/// What makes a pass one and the same for its campaign, chosen by personalisation.
public struct PassKey: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...1_024, Alphabet.isText) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "a pass key: 1 to 1024 bytes of text without control characters"
}
