import JSON

/// What a customer entered into Apple's form; keys that are not Apple's are ignored.
public struct PersonalizationInfo: Codable, Hashable, Sendable {
    /// The texts that are not blank.
    public var values: [PersonalizationKey: String]

    /// How many bytes of UTF-8 a text may have.
    public static let maximumBytes = 256

    /// Makes it of texts.
    public init(_ values: [PersonalizationKey: String]) {
        self.values = values
    }

    /// Reads texts without control characters, of ``maximumBytes`` each.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        var faults = FaultCollector()
        values = [:]
        for key in PersonalizationKey.allCases {
            let text = faults.collect { try Self.text(key, in: container) } ?? nil
            if let text, text.contains(where: { !$0.isWhitespace }) { values[key] = text }
        }
        if faults.hasFaults { throw faults.failure }
    }

    /// Writes the texts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (key, text) in values { try container.encode(text, forKey: Key(key)) }
    }

    private static func text(_ key: PersonalizationKey, in container: KeyedDecodingContainer<Key>) throws -> String? {
        guard let text = try container.decodeIfPresent(String.self, forKey: Key(key)) else { return nil }
        guard text.utf8.count <= maximumBytes, text.utf8.allSatisfy(Alphabet.isText) else {
            throw DecodingError.dataCorruptedError(
                forKey: Key(key), in: container,
                debugDescription: "expected text of at most \(maximumBytes) bytes without control characters")
        }
        return text
    }

    private struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(_ key: PersonalizationKey) {
            stringValue = key.rawValue
        }

        init?(stringValue: String) {
            guard PersonalizationKey(rawValue: stringValue) != nil else { return nil }
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            nil
        }
    }
}
