import JSON

extension CompiledTemplate {
    /// Whether no rendering of it is the same as any of another template, which parts without tokens tell.
    ///
    /// False means nothing: two renderings may differ all the same.
    /// - Parameter key: the member of the whole that does not count.
    func differsAlways(from other: CompiledTemplate, apartFrom key: String) -> Bool {
        root.differsAlways(from: other.root, apartFrom: key)
    }
}

extension CompiledTemplate.Node {
    fileprivate func differsAlways(from other: Self, apartFrom key: String? = nil) -> Bool {
        switch (self, other) {
        case (.constant(.object(let left)), .constant(.object(let right))):
            Self.differs(left, right, apartFrom: Set([key].compactMap(\.self)))
        case (.constant(let left), .constant(let right)): left != right
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).contains { $0.differsAlways(from: $1) }
        case (.object(let left, let leftNodes), .object(let right, let rightNodes)):
            Self.differs(
                left, right, apartFrom: Set(leftNodes.map(\.key) + rightNodes.map(\.key) + [key].compactMap(\.self)))
                || leftNodes.contains { node in
                    rightNodes.contains { $0.key == node.key && node.node.differsAlways(from: $0.node) }
                }
        default: false
        }
    }

    /// Whether any member but those of some keys differs.
    private static func differs(_ left: JSONObject, _ right: JSONObject, apartFrom keys: Set<String>) -> Bool {
        Set(left.keys + right.keys).subtracting(keys).contains { left[$0] != right[$0] }
    }
}
