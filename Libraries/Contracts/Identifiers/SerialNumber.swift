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
    public init(digest: ArraySlice<UInt8>) {
        let digits: StaticString = "0123456789abcdef"
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest.prefix(127) {
            text.append(digits.utf8Start[Int(byte >> 4)])
            text.append(digits.utf8Start[Int(byte & 15)])
        }
        rawValue = String(decoding: text, as: UTF8.self)
    }

    /// What such an identifier is and consists of.
    public static let rule = "a serial number: 1 to 255 printable characters of ASCII"
}
