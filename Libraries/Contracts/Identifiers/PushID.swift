/// One delivery of pushes to the push sender, chosen by its caller.
public struct PushID: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...64, Alphabet.isToken) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "a push id: 1 to 64 of A–Z, a–z, 0–9, _ and -"
}
