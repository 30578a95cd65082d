/// A pass among those of its pass type.
public struct SerialNumber: Identifier {
    /// The identifier's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...255, Alphabet.isPrintable) else { return nil }
        self.rawValue = rawValue
    }

    /// Makes a serial number of a digest, two hexadecimal digits for each byte.
    public init(digest: some Sequence<UInt8>) {
        let digits = Array("0123456789abcdef".utf8)
        let bytes = digest.prefix(127).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        rawValue = String(decoding: bytes, as: UTF8.self)
    }

    /// What such an identifier is and consists of.
    public static let rule = "a serial number: 1 to 255 printable characters of ASCII"
}
