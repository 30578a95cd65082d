import JSON

/// The `fields` parameter of Google's interfaces: `pagination,resources(id,hasUsers),a/b`.
struct FieldMask {
    /// nil for everything below.
    private var members: [String: FieldMask]?

    /// nil when the text is no selection.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard let mask = Self.list(&rest, depth: 0), rest.isEmpty else { return nil }
        self = mask
    }

    private init(members: [String: FieldMask]?) {
        self.members = members
    }

    /// What of a value is selected; each element of an array is looked at by itself.
    func apply(to value: JSONValue) -> JSONValue {
        guard let members else { return value }
        switch value {
        case .array(let elements):
            return .array(elements.map(apply))
        case .object(let object):
            var result = JSONObject()
            for (key, member) in object {
                if let mask = members[key] ?? members["*"] { result[key] = mask.apply(to: member) }
            }
            return .object(result)
        case .null, .bool, .number, .string:
            return value
        }
    }

    private static func list(_ rest: inout ArraySlice<UInt8>, depth: Int) -> FieldMask? {
        guard depth < 16 else { return nil }
        var members: [String: FieldMask] = [:]
        repeat {
            guard let (name, mask) = item(&rest, depth: depth) else { return nil }
            members[name] = mask
        } while take(",", &rest)
        return FieldMask(members: members)
    }

    private static func item(_ rest: inout ArraySlice<UInt8>, depth: Int) -> (String, FieldMask)? {
        let name = rest.prefix { !Array(",/()".utf8).contains($0) }
        guard !name.isEmpty, depth < 16 else { return nil }
        rest = rest.dropFirst(name.count)
        let key = String(decoding: name, as: UTF8.self)
        if take("/", &rest) {
            guard let inner = item(&rest, depth: depth + 1) else { return nil }
            return (key, FieldMask(members: [inner.0: inner.1]))
        }
        guard take("(", &rest) else { return (key, FieldMask(members: nil)) }
        guard let inner = list(&rest, depth: depth + 1), take(")", &rest) else { return nil }
        return (key, inner)
    }

    private static func take(_ character: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }
}
