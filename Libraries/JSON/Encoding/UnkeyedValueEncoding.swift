/// Encodes the elements of an array.
struct UnkeyedValueEncoding: UnkeyedEncodingContainer {
    let node: EncodingNode
    let path: CodingPath

    var codingPath: [any CodingKey] { path.codingPath }

    var count: Int { node.count }

    mutating func encodeNil() throws {
        node.append(EncodingNode(.null))
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        let value = try EncodingNode.encode(value, at: .index(count, below: path))
        node.append(EncodingNode(value))
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        encoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        encoder().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        encoder()
    }

    private func encoder() -> ValueEncoder {
        let child = EncodingNode()
        let place = CodingPath.index(count, below: path)
        node.append(child)
        return ValueEncoder(node: child, path: place)
    }
}
