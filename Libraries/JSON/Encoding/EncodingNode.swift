/// A value in the making; containers write into it and may do so until the whole is taken.
final class EncodingNode {
    private enum Content {
        case empty
        case value(JSONValue)
        case object([(key: String, node: EncodingNode)])
        case array([EncodingNode])
    }

    private var content = Content.empty

    init() {}

    init(_ value: JSONValue) {
        content = .value(value)
    }

    /// Encodes a value on its own.
    static func encode<Value: Encodable>(_ value: Value, at path: CodingPath) throws -> JSONValue {
        // Types are compared before values are cast, which takes longer.
        if Value.self == JSONValue.self, let value = value as? JSONValue { return value }
        if Value.self == String.self, let text = value as? String { return .string(text) }
        let node = EncodingNode()
        try value.encode(to: ValueEncoder(node: node, path: path))
        guard let result = node.value else {
            throw EncodingError.invalidValue(
                value,
                .init(codingPath: path.codingPath, debugDescription: "\(type(of: value)) did not encode anything"))
        }
        return result
    }

    /// What was written; nil when nothing was.
    var value: JSONValue? {
        switch content {
        case .empty: nil
        case .value(let value): value
        case .object(let members):
            .object(JSONObject(members.lazy.map { (key: $0.key, value: $0.node.value ?? .object([:])) }))
        case .array(let nodes): .array(nodes.map { $0.value ?? .object([:]) })
        }
    }

    var count: Int {
        if case .array(let nodes) = content { nodes.count } else { 0 }
    }

    func set(_ value: JSONValue) {
        content = .value(value)
    }

    /// Makes this an object, if it is none yet.
    func becomeObject() {
        if case .object = content { return }
        content = .object([])
    }

    /// Makes this an array, if it is none yet.
    func becomeArray() {
        if case .array = content { return }
        content = .array([])
    }

    func add(_ node: EncodingNode, forKey key: String) {
        guard case .object(var members) = content else { return }
        content = .empty
        members.append((key, node))
        content = .object(members)
    }

    func append(_ node: EncodingNode) {
        guard case .array(var nodes) = content else { return }
        content = .empty
        nodes.append(node)
        content = .array(nodes)
    }
}
