extension ValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool {
        value.isNull
    }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let result) = value else { throw mismatch(type, "a boolean") }
        return result
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let result) = value else { throw mismatch(type, "a string") }
        return result
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard case .number(let number) = value else { throw mismatch(type, "a number") }
        guard number.double.isFinite else { throw corrupted("the number is too large") }
        return number.double
    }

    func decode(_ type: Float.Type) throws -> Float {
        let result = Float(try decode(Double.self))
        guard result.isFinite else { throw corrupted("the number is too large") }
        return result
    }

    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        // A JSON value needs no decoding.
        if type == JSONValue.self, let result = value as? Value { return result }
        return try type.init(from: self)
    }

    private func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
        guard case .number(let number) = value else { throw mismatch(type, "a whole number") }
        if let result = number.integer(as: type) { return result }
        guard number.double.magnitude < 0x1p53, number.double.rounded(.towardZero) != number.double else {
            throw corrupted("the number is outside \(type.min)…\(type.max)")
        }
        throw corrupted("expected a whole number, found \(number)")
    }

    private func corrupted(_ detail: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: detail))
    }
}
