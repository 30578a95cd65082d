/// The SHA-256 of a file's bytes in lower-case hexadecimal digits.
public struct ContentHash: Identifier {
    /// The digits, in lower case.
    public let rawValue: String

    /// Takes 64 digits of lower case; nil for anything else, so that one content has one address.
    public init?(rawValue: String) {
        let isDigit = { (byte: UInt8) in Alphabet.isHexadecimal(byte) && !(0x41...0x46 ~= byte) }
        guard Self.isValid(rawValue, 64...64, isDigit) else { return nil }
        self.rawValue = rawValue
    }

    /// What such a hash is and consists of.
    public static let rule = "a SHA-256: 64 hexadecimal digits in lower case"
}
