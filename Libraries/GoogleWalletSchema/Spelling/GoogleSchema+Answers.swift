import JSON

extension GoogleSchema {
    /// A class or object in the spelling of Google's answers: old words for enums, and `kind` in every type that has it.
    public static func answered(_ resource: JSONObject, _ kind: GoogleKind, _ level: GoogleLevel) -> JSONObject {
        answered(resource, as: type(kind, level))
    }

    /// An object of a type in the spelling of Google's answers.
    public static func answered(_ object: JSONObject, as type: SchemaType) -> JSONObject {
        var result = JSONObject()
        for (key, value) in object {
            guard let property = type.properties[key] else {
                result[key] = value
                continue
            }
            if property.isArray, case .array(let elements) = value {
                result[key] = .array(elements.map { answered($0, property.value) })
            } else {
                result[key] = answered(value, property.value)
            }
        }
        if let kind = type.kind { result["kind"] = .string(kind) }
        return result
    }

    private static func answered(_ value: JSONValue, _ expected: SchemaValue) -> JSONValue {
        switch (expected, value) {
        case (.enumeration(let values), .string(let word)):
            return .string(values.answered(word))
        case (.int64, .number(let number)):
            return .string(number.text)
        case (.object(let name), .object(let object)):
            guard let type = type(named: name) else { return value }
            return .object(answered(object, as: type))
        default:
            return value
        }
    }
}
