/// Reading and writing JSON (RFC 8259).
public enum JSON {
    /// Reads a text: UTF-8 alone, one value alone, no key twice in an object.
    public static func parse(_ bytes: [UInt8], maximumDepth: Int = 128) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            var parser = JSONParser(bytes: buffer, maximumDepth: maximumDepth)
            return try parser.parseDocument()
        }
    }

    /// Reads a text: one value alone, no key twice in an object.
    public static func parse(_ text: String, maximumDepth: Int = 128) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8), maximumDepth: maximumDepth)
    }

    /// Reads a value of a type from a text; throws `JSONError` for no JSON and `JSONDecodingFailure` for another shape.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], unknownKeys: UnknownKeys = .ignored
    ) throws -> Value {
        try decode(type, from: parse(bytes), unknownKeys: unknownKeys)
    }

    /// Makes a value of a type; throws `JSONDecodingFailure`, its pointers beginning with where the JSON value stands.
    ///
    /// An error of the type's own, neither `DecodingError` nor `JSONDecodingFailure`, is passed on as it is.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from value: JSONValue, unknownKeys: UnknownKeys = .ignored, at pointer: JSONPointer = .root
    ) throws -> Value {
        let context = DecodingContext(root: pointer, unknownKeys: unknownKeys)
        let decoder = ValueDecoder(value: value, path: .root, context: context)
        let result: Value
        do {
            result = try decoder.decode(type)
        } catch {
            throw JSONDecodingFailure(faults: context.unknown + (try context.faults(for: error)))
        }
        guard context.unknown.isEmpty else { throw JSONDecodingFailure(faults: context.unknown) }
        return result
    }

    /// Writes a value as compact JSON with sorted keys; throws `EncodingError`.
    public static func encode<Value: Encodable>(_ value: Value) throws -> [UInt8] {
        try encodeToValue(value).serialized()
    }

    /// Makes the JSON value of a value; throws `EncodingError`.
    public static func encodeToValue<Value: Encodable>(_ value: Value) throws -> JSONValue {
        try EncodingNode.encode(value, at: .root)
    }
}
