/// A JSON number, kept exactly as it was written.
///
/// Two numbers are equal when their texts are: `1`, `1.0` and `1e0` are three different contents.
public struct JSONNumber: Sendable, Hashable {
    /// The number as written, in the grammar of RFC 8259 §6.
    public let text: String

    /// Makes a number from an integer.
    public init<Integer: FixedWidthInteger>(_ value: Integer) {
        text = String(value)
    }

    /// Makes a number from a double in its shortest exact form; nil when it is not finite.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        self.init(shortest: value.description)
    }

    /// Makes a number from a float in its shortest exact form; nil when it is not finite.
    public init?(_ value: Float) {
        guard value.isFinite else { return nil }
        self.init(shortest: value.description)
    }

    /// Makes a number from its text; nil when the text breaks the grammar of RFC 8259 §6.
    public init?(text: String) {
        let bytes = Array(text.utf8)
        let isNumber = bytes.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(bytes: buffer, maximumDepth: 0)
            guard let first = buffer.first, first == UInt8(ascii: "-") || JSONParser.isDigit(first) else {
                return false
            }
            return (try? parser.parseNumber()) != nil && parser.index == buffer.count
        }
        guard isNumber else { return nil }
        self.text = text
    }

    /// Makes a number from text that the parser has already checked.
    init(checked text: String) {
        self.text = text
    }

    private init(shortest description: String) {
        text = description.hasSuffix(".0") ? String(description.dropLast(2)) : description
    }

    /// The value when it is a whole number that an `Int` holds exactly, however it is written.
    public var int: Int? {
        integer(as: Int.self)
    }

    /// The nearest double; infinite when the number is beyond a double's range.
    public var double: Double {
        // The grammar of JSON numbers is part of what this initialiser reads, so there is always a value.
        Double(text) ?? .nan
    }

    /// The value when it is a whole number that the type holds exactly, however it is written.
    func integer<Integer: FixedWidthInteger>(as type: Integer.Type) -> Integer? {
        if let value = Integer(text) { return value }
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }) else {
            return nil
        }
        let value = double
        // From 2^53 on a double no longer tells neighbouring integers apart.
        guard value.magnitude < 0x1p53 else { return nil }
        return Integer(exactly: value)
    }
}

extension JSONNumber: CustomStringConvertible {
    /// The number as written.
    public var description: String { text }
}
