/// Base 64 with padding (RFC 4648 §4).
public enum Base64 {
    private static let alphabet = Base64Alphabet("+/")

    /// The padded text of bytes, on one line.
    public static func encode(_ bytes: [UInt8]) -> String {
        let padding = (3 - bytes.count % 3) % 3
        let length = alphabet.encodedLength(bytes.count) + padding
        return String(unsafeUninitializedCapacity: length) { output in
            let end = alphabet.encode(bytes, into: output)
            for index in end..<length { output[index] = UInt8(ascii: "=") }
            return length
        }
    }

    /// The bytes of padded text; nil for white space, missing padding or bits set behind the last byte.
    public static func decode(_ text: String) -> [UInt8]? {
        decode(Array(text.utf8))
    }

    /// The bytes of padded ASCII text; nil for white space, missing padding or bits set behind the last byte.
    public static func decode(_ text: [UInt8]) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return alphabet.decode(text[..<(text.count - padding)])
    }
}
