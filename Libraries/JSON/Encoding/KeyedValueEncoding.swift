/// Encodes the members of an object.
struct KeyedValueEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: EncodingNode
    let path: CodingPath

    var codingPath: [any CodingKey] { path.codingPath }

    mutating func encodeNil(forKey key: Key) throws {
        node.add(EncodingNode(.null), forKey: key.stringValue)
    }

    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        let value = try EncodingNode.encode(value, at: .key(key.stringValue, below: path))
        node.add(EncodingNode(value), forKey: key.stringValue)
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        encoder(forKey: key).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder(forKey: key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        encoder(forKey: PathKey.super)
    }

    mutating func superEncoder(forKey key: Key) -> any Encoder {
        encoder(forKey: key)
    }

    private func encoder(forKey key: any CodingKey) -> ValueEncoder {
        let child = EncodingNode()
        node.add(child, forKey: key.stringValue)
        return ValueEncoder(node: child, path: .key(key.stringValue, below: path))
    }
}
