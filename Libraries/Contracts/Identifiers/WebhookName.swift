/// What an admin calls a webhook of a campaign.
public struct WebhookName: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...64, Alphabet.isName) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "a webhook's name: 1 to 64 of a–z, 0–9 and -"
}
