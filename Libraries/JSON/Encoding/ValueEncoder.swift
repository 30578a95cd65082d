/// Encodes into one JSON value.
struct ValueEncoder: Encoder {
    let node: EncodingNode
    let path: CodingPath

    var codingPath: [any CodingKey] { path.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.becomeObject()
        return KeyedEncodingContainer(KeyedValueEncoding<Key>(node: node, path: path))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.becomeArray()
        return UnkeyedValueEncoding(node: node, path: path)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        self
    }
}
