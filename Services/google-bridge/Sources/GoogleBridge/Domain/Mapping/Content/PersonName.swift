import JSON

/// Names of persons, as semantic tags have them.
enum PersonName {
    /// The name in the order of `Dave M Gahan`; nil when there is none.
    static func text(_ value: JSONValue) -> String? {
        if let text = value.stringValue { return text.isEmpty ? nil : text }
        let parts = ["namePrefix", "givenName", "middleName", "familyName", "nameSuffix"]
            .compactMap { value[$0]?.stringValue }.filter { !$0.isEmpty }
        return parts.isEmpty ? value["nickname"]?.stringValue : parts.joined(separator: " ")
    }
}

extension ResourceDraft {
    /// Sets the name of a person.
    mutating func setName(_ found: Found?, at key: String, in content: PassContent) {
        guard let found, let name = found.isFieldValue ? content.plainText(found) : PersonName.text(found.value),
            !name.isEmpty
        else { return }
        set(.string(name), at: key, from: found.source)
    }
}
