/// One thing that happened to a pass, told as often as need be; a receiver takes it once.
public struct PassEventID: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...64, Alphabet.isToken) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "an event id: 1 to 64 of A–Z, a–z, 0–9, _ and -"
}
