extension JSONValue: Codable {
    /// Takes the value as it is from this library's decoder, or builds it from what another decoder offers.
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? ValueDecoder {
            self = decoder.value
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            // A failed attempt says only that the value is of another kind.
            self = .bool(value)
        } else if let value = try? container.decode(JSONNumber.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode(JSONObject.self))
        }
    }

    /// Hands the value as it is to this library's encoder, or part by part to another one.
    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? ValueEncoder {
            encoder.node.set(self)
            return
        }
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSONNumber: Codable {
    /// Takes the number as written from this library's decoder, or its value from another one.
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? ValueDecoder {
            guard case .number(let number) = decoder.value else { throw decoder.mismatch(JSONNumber.self, "a number") }
            self = number
            return
        }
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int64.self) {
            // A failed attempt says only that the number is no integer of this size.
            self.init(value)
        } else if let number = JSONNumber(try container.decode(Double.self)) {
            self = number
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected a finite number")
        }
    }

    /// Hands the number as written to this library's encoder, or its value to another one.
    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? ValueEncoder {
            encoder.node.set(.number(self))
            return
        }
        var container = encoder.singleValueContainer()
        if let value = integer(as: Int64.self) {
            try container.encode(value)
        } else {
            try container.encode(double)
        }
    }
}

extension JSONObject: Codable {
    /// Takes the object as it is from this library's decoder, or builds it from what another decoder offers.
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? ValueDecoder {
            guard case .object(let object) = decoder.value else { throw decoder.mismatch(JSONObject.self, "an object") }
            self = object
            return
        }
        let container = try decoder.container(keyedBy: PathKey.self)
        self.init()
        for key in container.allKeys {
            self[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
        }
    }

    /// Hands the object as it is to this library's encoder, or member by member to another one.
    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? ValueEncoder {
            encoder.node.set(.object(self))
            return
        }
        var container = encoder.container(keyedBy: PathKey.self)
        for (key, value) in self {
            try container.encode(value, forKey: PathKey(stringValue: key))
        }
    }
}
