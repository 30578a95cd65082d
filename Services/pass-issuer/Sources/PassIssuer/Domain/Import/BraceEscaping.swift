import JSON

/// Writes texts so that no token begins in them: `{{` becomes `{{{{`.
struct BraceEscaping {
    /// How many texts had it.
    private(set) var count = 0

    /// An object's values; keys are literal already.
    mutating func escaped(_ object: JSONObject) -> JSONObject {
        object.mapValues { escaped($0) }
    }

    /// What there is to say about it.
    func notes(in file: String) -> [String] {
        guard count > 0 else { return [] }
        return [
            count == 1
                ? "A text of \(file) holds {{, which is written {{{{ in a campaign."
                : "\(count) texts of \(file) hold {{, which is written {{{{ in a campaign."
        ]
    }

    private mutating func escaped(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text):
            let escaped = TemplateText.escaping(text)
            if escaped.utf8.count != text.utf8.count { count += 1 }
            return .string(escaped)
        case .array(let elements):
            return .array(elements.map { escaped($0) })
        case .object(let object): return .object(escaped(object))
        case .null, .bool, .number: return value
        }
    }
}
