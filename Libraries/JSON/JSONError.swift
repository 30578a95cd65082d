/// Why a text is not JSON, and where.
public struct JSONError: Error, Sendable, Hashable {
    /// What is wrong.
    public let reason: Reason
    /// The number of bytes before the fault.
    public let offset: Int
    /// The line of the fault, from 1.
    public let line: Int
    /// The character of the fault in its line, from 1.
    public let column: Int

    /// What can be wrong with a text.
    public enum Reason: Sendable, Hashable {
        /// There is nothing but white space.
        case empty
        /// The text begins with a byte-order mark.
        case byteOrderMark
        /// Something else was expected here.
        case unexpected(expected: String, found: String)
        /// A comma stands before a closing bracket.
        case trailingComma
        /// A comment, which JSON does not have.
        case comment
        /// A quotation mark other than `"`.
        case foreignQuote
        /// A string without its closing quotation mark.
        case unterminatedString
        /// A control character stands in a string unescaped.
        case controlCharacter(UInt8)
        /// A backslash is followed by something that is no escape.
        case invalidEscape
        /// Half of a surrogate pair.
        case loneSurrogate
        /// Bytes that are not UTF-8.
        case invalidUTF8
        /// A number that JSON writes otherwise.
        case malformedNumber(String)
        /// A key stands twice in its object.
        case duplicateKey(String)
        /// Arrays and objects are nested deeper than allowed.
        case tooDeep(limit: Int)
        /// Something follows the value.
        case trailingContent(found: String)
    }
}

extension JSONError: CustomStringConvertible {
    /// The place and the fault as a sentence.
    public var description: String {
        "line \(line), column \(column): \(reason)"
    }
}

extension JSONError.Reason: CustomStringConvertible {
    /// The fault in words.
    public var description: String {
        switch self {
        case .empty: "the text is empty, expected a value"
        case .byteOrderMark: "the text begins with a byte-order mark"
        case .unexpected(let expected, let found): "expected \(expected), found \(found)"
        case .trailingComma: "a comma stands before the closing bracket"
        case .comment: "JSON has no comments"
        case .foreignQuote: "strings stand in double quotation marks"
        case .unterminatedString: "the string has no closing quotation mark"
        case .controlCharacter(let byte): "the control character \(Self.escape(byte)) must be written as an escape"
        case .invalidEscape:
            "the backslash is not followed by one of \" \\ / b f n r t or u and four hexadecimal digits"
        case .loneSurrogate: "the escape is half of a surrogate pair"
        case .invalidUTF8: "the bytes are not UTF-8"
        case .malformedNumber(let detail): detail
        case .duplicateKey(let key): "the key '\(Self.shortened(key))' stands twice in the object"
        case .tooDeep(let limit): "arrays and objects are nested more than \(limit) deep"
        case .trailingContent(let found): "expected the end of the text after the value, found \(found)"
        }
    }

    /// Whoever sent the text chose the key, and its length.
    private static func shortened(_ key: String) -> String {
        key.utf8.count > 64 ? key.prefix(64) + "…" : key
    }

    private static func escape(_ byte: UInt8) -> String {
        let hex = String(byte, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: 4 - hex.count) + hex
    }
}
