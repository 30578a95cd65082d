/// A member of a body in which leaving it out and writing `null` mean different things.
public enum Field<Value> {
    /// The member is not there: what it stands for stays as it is.
    case absent
    /// The member is `null`: what it stands for is removed.
    case null
    /// The member has a value.
    case value(Value)

    /// The value, when there is one.
    public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    /// Whether the member is there, be it `null`.
    public var isPresent: Bool {
        if case .absent = self { false } else { true }
    }

    /// Whether the member is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }
}

extension Field: Sendable where Value: Sendable {}
extension Field: Equatable where Value: Equatable {}
extension Field: Hashable where Value: Hashable {}

extension Field: Decodable where Value: Decodable {
    /// Reads `null` or a value; that a member is absent only its object can tell.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .null : .value(try container.decode(Value.self))
    }
}

extension Field: Encodable where Value: Encodable {
    /// Writes `null` or the value; an absent member is left out by its object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .value(let value): try container.encode(value)
        case .absent, .null: try container.encodeNil()
        }
    }
}

// The compiler's own Codable code prefers these overloads to the containers' general ones.
extension KeyedDecodingContainer {
    /// Reads a member that may be absent.
    public func decode<Value: Decodable>(_ type: Field<Value>.Type, forKey key: Key) throws -> Field<Value> {
        try decodeIfPresent(type, forKey: key)
    }

    /// Reads a member that may be absent.
    public func decodeIfPresent<Value: Decodable>(_ type: Field<Value>.Type, forKey key: Key) throws -> Field<Value> {
        guard contains(key) else { return .absent }
        return try decodeNil(forKey: key) ? .null : .value(decode(Value.self, forKey: key))
    }
}

extension KeyedEncodingContainer {
    /// Writes a member unless it is absent.
    public mutating func encode<Value: Encodable>(_ field: Field<Value>, forKey key: Key) throws {
        switch field {
        case .absent: break
        case .null: try encodeNil(forKey: key)
        case .value(let value): try encode(value, forKey: key)
        }
    }
}
