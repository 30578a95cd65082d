import HTTPTypes

/// A string that names one kind of thing, so that two kinds cannot be swapped; only text of its alphabet and length.
public protocol Identifier: RawRepresentable, Hashable, Sendable, Codable, CodingKeyRepresentable, Comparable,
    CustomStringConvertible, PathParameter
where RawValue == String {
    /// What such an identifier is and consists of, with its article, for messages.
    static var rule: String { get }
}

extension Identifier {
    /// The identifier's text.
    public var description: String { rawValue }

    /// The identifier's text.
    public var pathSegment: String { rawValue }

    /// Takes a decoded segment; nil when it breaks the rule.
    public init?(pathSegment: String) {
        self.init(rawValue: pathSegment)
    }

    /// Reads the identifier from its string, or says what it should consist of.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let identifier = Self(rawValue: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected \(Self.rule)")
        }
        self = identifier
    }

    /// Writes the identifier as a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The identifier as a key of an object.
    public var codingKey: any CodingKey { IdentifierKey(stringValue: rawValue) }

    /// Takes a key of an object; nil when it breaks the rule.
    public init?(codingKey: some CodingKey) {
        self.init(rawValue: codingKey.stringValue)
    }

    /// Orders by text.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }

    /// Whether a text has so many bytes, all of one alphabet.
    static func isValid(_ text: String, _ lengths: ClosedRange<Int>, _ alphabet: (UInt8) -> Bool) -> Bool {
        lengths.contains(text.utf8.count) && text.utf8.allSatisfy(alphabet)
    }
}

/// An identifier as a key of an object.
private struct IdentifierKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}
