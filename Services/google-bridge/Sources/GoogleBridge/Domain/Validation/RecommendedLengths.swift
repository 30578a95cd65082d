import GoogleWalletSchema
import JSON

/// Texts that are longer than small screens show.
enum RecommendedLengths {
    /// A note for each text of a class or an object that may be cut.
    static func notes(_ resource: JSONObject, _ mapping: PassMapping, _ level: GoogleLevel) -> [MappingNote] {
        var notes: [MappingNote] = []
        let draft = level == .class ? mapping.classDraft() : mapping.objectDraft()
        collect(resource, GoogleSchema.type(mapping.kind, level), []) { path, text, length in
            guard let source = draft.source(of: path), !mapping.content.isRaw(source) else { return }
            let name = path.last ?? ""
            let note = MappingNote(
                source, "Small screens show \(length) characters of Google's \(name); this has \(text.count).")
            if !notes.contains(where: { $0.pointer == source }) { notes.append(note) }
        }
        return notes
    }

    private static func collect(
        _ object: JSONObject, _ type: SchemaType, _ path: [String], _ found: ([String], String, Int) -> Void
    ) {
        for (key, value) in object {
            guard let property = type.properties[key] else { continue }
            if let length = type.recommended[key] {
                for text in texts(of: value) where text.count > length { found(path + [key], text, length) }
            }
            guard case .object(let name) = property.value, let inner = GoogleSchema.type(named: name) else { continue }
            switch value {
            case .object(let member):
                collect(member, inner, path + [key], found)
            case .array(let elements):
                for (index, element) in elements.enumerated() {
                    guard let element = element.objectValue else { continue }
                    collect(element, inner, path + [key, String(index)], found)
                }
            default: break
            }
        }
    }

    /// The text of a member, in each language.
    private static func texts(of value: JSONValue) -> [String] {
        if let text = value.stringValue { return [text] }
        let translations = (value["translatedValues"]?.arrayValue ?? []).compactMap { $0["value"]?.stringValue }
        return [value["defaultValue"]?["value"]?.stringValue].compactMap { $0 } + translations
    }
}
