import JSON

extension Inspection {
    /// Checks a value against what belongs there.
    mutating func check(_ value: JSONValue, _ shape: Shape) {
        if case .ours = shape { return refuseOurs() }
        switch read(value) {
        case .absent, .anything: return
        case .text: checkUnknownText(shape)
        case .known(let value): checkKnown(value, shape)
        }
    }

    /// Checks the keys of an object against their table.
    mutating func check(_ object: JSONObject, _ table: KeyTable) {
        for (key, value) in object {
            guard let known = table.keys[key] else {
                record(
                    .warning, at: key, "\"\(key)\" is no key that is known in \(table.name).",
                    "Check its spelling; phones ignore what they don't know.")
                continue
            }
            at(key) { inspection in
                inspection.check(value, known.shape)
                if let release = known.requiresIOS {
                    inspection.warn(
                        "\"\(key)\" is understood from iOS \(release) on.",
                        "Older phones leave it out; make sure that the pass is right without it.",
                        requiresIOS: release)
                }
            }
        }
        for key in table.required where object[key] == nil {
            record(
                .error, at: key, "\(Self.capitalised(table.name)) lacks \"\(key)\".", "Add the key \"\(key)\".",
                effect: .refusesPackage)
        }
    }

    private mutating func refuseOurs() {
        refuse("The platform writes this key itself.", "Remove it.")
    }

    /// Text around a token is always a string, whatever the token brings.
    private mutating func checkUnknownText(_ shape: Shape) {
        switch shape {
        case .text, .advisedText, .choice, .fieldValue, .anything: return
        case .boolean, .number, .integer, .list, .dictionary, .userInfo, .ours:
            refuse(
                "Text with a token in it stands where \(shape.expected) belongs.",
                "Let the token be the whole string; then its value keeps its type.")
        }
    }

    private mutating func checkKnown(_ value: JSONValue, _ shape: Shape) {
        switch (shape, value) {
        case (.anything, _), (.boolean, .bool), (.fieldValue, .string), (.fieldValue, .number), (.userInfo, .object),
            (.userInfo, .array):
            return
        case (.text(let rule), .string(let text)):
            if !rule.accepts(text) { refuseContent(text, shape) }
        case (.advisedText(let rule), .string(let text)):
            if !rule.accepts(text) {
                warn("\(shown(text)) stands where \(rule.expected) belongs.", "Write \(rule.expected).")
            }
        case (.choice(let values), .string(let text)):
            if !values.contains(text) { refuseContent(text, shape) }
        case (.number(let range), .number(let number)):
            if !range.contains(number.double) { refuseContent(number.text, shape) }
        case (.integer(let range), .number(let number)):
            if !(number.int.map(range.contains) ?? false) { refuseContent(number.text, shape) }
        case (.list(let element, let limit), .array(let elements)):
            checkElements(elements, element, limit)
        case (.dictionary(let table), .object(let object)):
            check(object, table)
        default:
            refuse("\(Self.kind(of: value)) stands where \(shape.expected) belongs.", "Write \(shape.expected).")
        }
    }

    private mutating func checkElements(_ elements: [JSONValue], _ shape: Shape, _ limit: Int?) {
        if let limit, elements.count > limit {
            refuse(
                "There are \(elements.count) entries; phones take \(limit).", "Leave at most \(limit).",
                effect: .drawsTheFirst)
        }
        for (index, element) in elements.enumerated() {
            at(index) { $0.check(element, shape) }
        }
    }

    private mutating func refuseContent(_ content: String, _ shape: Shape) {
        refuse("\(shown(content)) stands where \(shape.expected) belongs.", "Write \(shape.expected).")
    }

    /// What was written, for people; a person's own data are not repeated.
    func shown(_ content: String) -> String {
        guard subject != .rendered else { return "The value" }
        return "\"" + (content.count > 60 ? content.prefix(60) + "…" : content[...]) + "\""
    }

    private static func kind(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "A boolean"
        case .number: "A number"
        case .string: "Text"
        case .array: "An array"
        case .object: "An object"
        }
    }

    private static func capitalised(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
