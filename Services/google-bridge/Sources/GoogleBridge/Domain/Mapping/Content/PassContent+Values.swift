import GoogleWalletSchema
import JSON

extension PassContent {
    /// The value of a key of pass.json.
    func top(_ key: String) -> Found? {
        guard let value = pass[key], !value.isNull else { return nil }
        return Found(value: value, source: Self.place(key), field: nil, isFieldValue: false)
    }

    /// A semantic tag: the pass's own, else the first that a field has.
    func semantic(_ key: String) -> Found? {
        if let value = pass["semantics"]?[key], !value.isNull {
            return Found(
                value: value, source: Self.place("semantics").appending(key), field: nil, isFieldValue: false)
        }
        for (index, field) in fields.enumerated() {
            guard let value = field.members["semantics"]?[key], !value.isNull else { continue }
            let source = field.pointer.appending("semantics").appending(key)
            return Found(value: value, source: source, field: index, isFieldValue: false)
        }
        return nil
    }

    /// A field's value.
    func value(ofField index: Int) -> Found {
        Found(value: fields[index].value, source: fields[index].shownPointer, field: index, isFieldValue: true)
    }

    /// The field that shows a value.
    func field(of found: Found) -> ContentField? {
        found.field.map { fields[$0] }
    }

    /// A value as people read it in each language.
    func text(_ found: Found) -> LocalizedText {
        guard found.isFieldValue, let field = field(of: found) else {
            return found.value.stringValue.map(languages.localized) ?? LocalizedText(value: Self.plain(found.value))
        }
        return text(of: field)
    }

    /// A value in the default language, for what has no translations at Google.
    func plainText(_ found: Found) -> String {
        text(found).value
    }

    /// What a field shows, in each language: dates and numbers by their styles, markup without its tags.
    func text(of field: ContentField) -> LocalizedText {
        let isRaw = isRaw(field.valuePointer)
        if let markup = field.members["attributedValue"]?.stringValue, field.group.isTouchable {
            return languages.localized(markup).map { Links.anchors(in: $0).text }
        }
        if !isRaw, field.isDate, let date = field.value.stringValue.flatMap(GoogleDateTime.init) {
            return languages.written { DateText.text(date, field.dateStyle, field.timeStyle, $0) }
        }
        if !isRaw, let number = field.value.numberValue.flatMap(ExactDecimal.init) {
            let style = field.numberStyle
            if style != .plain { return languages.written { NumberText.text(number, style, $0) } }
        }
        return field.value.stringValue.map(languages.localized) ?? LocalizedText(value: Self.plain(field.value))
    }

    /// A field's label in each language.
    func label(of field: ContentField) -> LocalizedText? {
        field.label.map(languages.localized)
    }

    /// A text as it is written, of whatever kind the value is.
    static func plain(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: ""
        }
    }
}
