/// Base 64 with the URL-safe alphabet and no padding (RFC 4648 §5, RFC 7515 §2).
public enum Base64URL {
    private static let alphabet = Base64Alphabet("-_")

    /// The text of bytes, without padding.
    public static func encode(_ bytes: [UInt8]) -> String {
        let length = alphabet.encodedLength(bytes.count)
        return String(unsafeUninitializedCapacity: length) { alphabet.encode(bytes, into: $0) }
    }

    /// Appends the text of bytes, as ASCII, to a message that is being put together.
    public static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        let length = alphabet.encodedLength(bytes.count)
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: length))
        output.withUnsafeMutableBufferPointer { buffer in
            _ = alphabet.encode(bytes, into: UnsafeMutableBufferPointer(rebasing: buffer[start...]))
        }
    }

    /// The bytes of text; nil for padding, white space or bits set behind the last byte.
    public static func decode(_ text: String) -> [UInt8]? {
        alphabet.decode(Array(text.utf8)[...])
    }

    /// The bytes of ASCII text; nil for padding, white space or bits set behind the last byte.
    public static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        alphabet.decode(text)
    }
}
