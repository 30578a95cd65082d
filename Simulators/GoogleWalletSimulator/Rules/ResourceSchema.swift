import GoogleWalletSchema
import JSON

/// What Google's own document says of a class or object, and the errors that it answers with.
enum ResourceSchema {
    /// A whole resource in one spelling, without what Google ignores: unknown properties, and those that it writes
    /// itself.
    static func checked(_ object: JSONObject, _ type: ResourceType, isStrict: Bool) throws(WalletError) -> JSONObject {
        let schema = GoogleSchema.type(type.kind, type.level)
        try check(object, schema, isStrict) { _ in true }
        return canonical(object, schema, keepsNull: false)
    }

    /// The changes of a resource in one spelling; `null` stays, to clear what is there.
    static func readable(_ object: JSONObject, _ type: ResourceType, isStrict: Bool) throws(WalletError) -> JSONObject {
        let schema = GoogleSchema.type(type.kind, type.level)
        // Whether all is there that must be shows in the whole alone.
        try check(object, schema, isStrict) { [.unknown, .type, .word, .format].contains($0) }
        return canonical(object, schema, keepsNull: true)
    }

    /// A message in one spelling.
    static func message(_ object: JSONObject) throws(WalletError) -> JSONObject {
        guard let schema = GoogleSchema.type(named: "Message") else { return object }
        try check(object, schema, false) { _ in true }
        return canonical(object, schema, keepsNull: false)
    }

    /// A resource as Google answers it.
    static func spelled(_ object: JSONObject, _ type: ResourceType, isLegacy: Bool) -> JSONObject {
        isLegacy ? GoogleSchema.answered(object, type.kind, type.level) : object
    }

    /// Whether resources of the type have the property.
    static func has(_ property: String, _ type: ResourceType) -> Bool {
        GoogleSchema.type(type.kind, type.level).properties[property] != nil
    }

    private static func check(
        _ object: JSONObject, _ schema: SchemaType, _ isStrict: Bool, _ isOurs: (SchemaFault.Rule) -> Bool
    ) throws(WalletError) {
        let faults = GoogleSchema.validate(.object(object), as: schema, mode: isStrict ? .strict : .lenient)
        let counted = faults.filter { isOurs($0.rule) && !isLocalAddress($0, in: object) }
        // What cannot be read at all comes before what makes no sense.
        let unreadable = counted.first { [.unknown, .type, .word].contains($0.rule) }
        if let fault = unreadable { throw .unreadable(text(of: fault, in: object)) }
        if let fault = counted.first { throw .invalidResource(text(of: fault, in: object)) }
    }

    /// Google wants `https` for some addresses; this machine's own are as good here.
    private static func isLocalAddress(_ fault: SchemaFault, in object: JSONObject) -> Bool {
        guard fault.rule == .format, let text = JSONValue.object(object).value(at: fault.pointer)?.stringValue else {
            return false
        }
        return text.hasPrefix("http://") && PublicAddress.isUsable(text)
    }

    private static func text(of fault: SchemaFault, in object: JSONObject) -> String {
        let tokens = fault.pointer.tokens
        let place = tokens.joined(separator: ".")
        let name = tokens.last ?? ""
        switch fault.rule {
        case .unknown:
            let parent = tokens.dropLast().joined(separator: ".")
            let at = parent.isEmpty ? "" : " at '\(parent)'"
            return "Invalid JSON payload received. Unknown name \"\(name)\"\(at): Cannot find field."
        case .type, .word:
            let value = JSONValue.object(object).value(at: fault.pointer)?.description ?? "null"
            return "Invalid value at '\(place)', \(value.prefix(100)): \(fault.reason)."
        case .required where name == "language":
            return "Language for TranslatedString cannot be empty"
        case .format where name == "id" && tokens.count == 1:
            return "Invalid resource ID: \(object["id"]?.stringValue ?? "")"
        case .format, .required, .combination, .maximum:
            return "Invalid value for '\(place)': \(fault.reason)."
        }
    }

    /// The value with one word for each meaning, as Google's servers keep it.
    private static func canonical(_ object: JSONObject, _ schema: SchemaType, keepsNull: Bool) -> JSONObject {
        var result = JSONObject()
        for (key, value) in object {
            guard let property = schema.properties[key], !schema.platform.contains(key) else { continue }
            if value.isNull {
                if keepsNull { result[key] = .null }
            } else if property.isArray, let elements = value.arrayValue {
                // As recorded: an empty array is not there, though a patch clears with one.
                if elements.isEmpty && !keepsNull { continue }
                // An array is replaced whole, so that `null` inside of it clears nothing.
                result[key] = .array(elements.map { canonical($0, property.value, keepsNull: false) })
            } else {
                result[key] = canonical(value, property.value, keepsNull: keepsNull)
            }
        }
        return result
    }

    private static func canonical(_ value: JSONValue, _ expected: SchemaValue, keepsNull: Bool) -> JSONValue {
        switch (expected, value) {
        case (.enumeration(let words), .string(let word)):
            return .string(words.canonical(word) ?? word)
        case (.int64, .number(let number)):
            return .string(number.int.map(String.init) ?? number.text)
        case (.object(let name), .object(let object)):
            guard let schema = GoogleSchema.type(named: name) else { return value }
            return .object(canonical(object, schema, keepsNull: keepsNull))
        default:
            return value
        }
    }
}
