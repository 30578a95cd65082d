/// Decodes the elements of an array.
struct UnkeyedValueDecoding: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let path: CodingPath
    let context: DecodingContext
    private(set) var currentIndex = 0

    init(elements: [JSONValue], path: CodingPath, context: DecodingContext) {
        self.elements = elements
        self.path = path
        self.context = context
    }

    var codingPath: [any CodingKey] { path.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
        // Only a null is consumed: the caller decodes anything else from the same place.
        guard try decoder(for: JSONValue.self).decodeNil() else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let result = try decoder(for: type).decode(type)
        currentIndex += 1
        return result
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        let result = try decoder(for: [String: JSONValue].self).container(keyedBy: type)
        currentIndex += 1
        return result
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let result = try decoder(for: [JSONValue].self).unkeyedContainer()
        currentIndex += 1
        return result
    }

    mutating func superDecoder() throws -> any Decoder {
        let result = try decoder(for: JSONValue.self)
        currentIndex += 1
        return result
    }

    private func decoder(for type: Any.Type) throws -> ValueDecoder {
        let place = CodingPath.index(currentIndex, below: path)
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                type, .init(codingPath: place.codingPath, debugDescription: "the array has too few elements"))
        }
        return ValueDecoder(value: elements[currentIndex], path: place, context: context)
    }
}
