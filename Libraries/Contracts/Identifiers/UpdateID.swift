/// One delivery of changed passes to the registry, chosen by its caller.
public struct UpdateID: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...64, Alphabet.isToken) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "an update id: 1 to 64 of A–Z, a–z, 0–9, _ and -"
}
