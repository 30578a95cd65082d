/// A pass among those of its pass type.
public struct SerialNumber: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...255, Alphabet.isPrintable) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "a serial number: 1 to 255 printable characters of ASCII"
}
