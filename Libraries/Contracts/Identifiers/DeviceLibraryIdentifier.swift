/// A device as it names itself to Apple's web service; it works as a shared secret.
public struct DeviceLibraryIdentifier: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...255, Alphabet.isPrintable) else { return nil }
        self.rawValue = rawValue
    }

    /// What such an identifier is and consists of.
    public static let rule = "a device library identifier: 1 to 255 printable characters of ASCII"
}
