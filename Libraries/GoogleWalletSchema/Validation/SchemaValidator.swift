import JSON

/// Checks a value against a type and collects every fault.
struct SchemaValidator {
    let mode: ValidationMode
    private(set) var faults: [SchemaFault] = []

    init(mode: ValidationMode) {
        self.mode = mode
    }

    /// Checks a value that should be of a type.
    mutating func check(_ value: JSONValue, as type: SchemaType, path: SchemaPath) {
        guard case .object(let object) = value else {
            return fail(path, .type, "expected an object (\(type.name))")
        }
        for (key, value) in object {
            guard let property = type.properties[key] else {
                if mode == .strict { fail(path.appending(key), .unknown, "\(type.name) has no '\(key)'") }
                continue
            }
            // Google takes null as absence.
            guard !value.isNull else { continue }
            check(value, as: property, path: path.appending(key))
        }
        checkRules(of: type, object, path)
        checkMaxima(of: type, object, path)
    }

    mutating func fail(_ path: SchemaPath, _ rule: SchemaFault.Rule, _ reason: String) {
        faults.append(SchemaFault(pointer: path.pointer, rule: rule, reason: reason))
    }

    private mutating func check(_ value: JSONValue, as property: SchemaProperty, path: SchemaPath) {
        guard property.isArray else { return checkOne(value, property.value, path) }
        guard case .array(let elements) = value else { return fail(path, .type, "expected an array") }
        for (index, element) in elements.enumerated() {
            checkOne(element, property.value, path.appending(String(index)))
        }
    }

    private mutating func checkOne(_ value: JSONValue, _ expected: SchemaValue, _ path: SchemaPath) {
        switch expected {
        case .string(let format):
            guard case .string(let text) = value else { return fail(path, .type, "expected a string") }
            if let format, !text.isEmpty, let reason = format.fault(in: text) { fail(path, .format, reason) }
        case .boolean:
            if value.boolValue == nil { fail(path, .type, "expected true or false") }
        case .int32:
            guard let number = Self.integer(value), Int32(exactly: number) != nil else {
                return fail(path, .type, "expected a whole number of 32 bits")
            }
        case .int64:
            if Self.integer(value) == nil { fail(path, .type, "expected a whole number of 64 bits, as a string") }
        case .double(let format):
            guard let number = Self.double(value) else { return fail(path, .type, "expected a number") }
            if let reason = format?.fault(in: number) { fail(path, .format, reason) }
        case .enumeration(let values):
            checkWord(value, values, path)
        case .object(let name):
            guard let type = GoogleSchema.type(named: name) else { return }
            check(value, as: type, path: path)
        }
    }

    private mutating func checkWord(_ value: JSONValue, _ values: SchemaEnum, _ path: SchemaPath) {
        guard case .string(let word) = value else { return fail(path, .type, "expected a string") }
        guard !values.accepts(word) else { return }
        let words = values.current.filter { !SchemaEnum.isUnspecified($0) }
        fail(path, .word, "'\(word.prefix(40))' is none of \(words.joined(separator: ", "))")
    }

    private mutating func checkMaxima(of type: SchemaType, _ object: JSONObject, _ path: SchemaPath) {
        for (key, maximum) in type.maximum {
            switch object[key] {
            case .array(let elements) where elements.count > maximum:
                fail(path.appending(key), .maximum, "\(elements.count) are more than the \(maximum) that Google takes")
            case .string(let text) where text.count > maximum:
                fail(
                    path.appending(key), .maximum,
                    "\(text.count) characters are more than the \(maximum) that Google takes")
            default: break
            }
        }
    }

    /// A whole number, or a string of one, as JSON of protocol buffers has it.
    private static func integer(_ value: JSONValue) -> Int? {
        switch value {
        case .number(let number): number.int
        case .string(let text): Int(text)
        default: nil
        }
    }

    private static func double(_ value: JSONValue) -> Double? {
        let number: Double? =
            switch value {
            case .number(let number): number.double
            case .string(let text): Double(text)
            default: nil
            }
        return number.flatMap { $0.isFinite ? $0 : nil }
    }
}
