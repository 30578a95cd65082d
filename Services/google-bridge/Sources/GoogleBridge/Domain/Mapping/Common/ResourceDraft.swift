import JSON

/// A class or an object in the making, which knows what each of its parts was made of.
struct ResourceDraft: Sendable {
    /// What is there so far.
    private(set) var members = JSONObject()
    /// The places that parts were made of.
    private(set) var origins: [Origin] = []
    /// What cannot be made as it stands.
    private(set) var faults: [GoogleMappingFault] = []

    /// A part and the place that it was made of.
    struct Origin: Sendable {
        let path: [String]
        let source: JSONPointer
    }

    /// Sets a part; nil leaves it as it is.
    mutating func set(_ value: JSONValue?, at path: String..., from source: JSONPointer? = nil) {
        set(value, at: path, from: source)
    }

    /// Sets a part; nil leaves it as it is.
    mutating func set(_ value: JSONValue?, at path: [String], from source: JSONPointer? = nil) {
        guard let value else { return }
        members = Self.setting(value, path[...], members)
        note(path, from: source)
    }

    /// Sets a text that has translations, Google's LocalizedString.
    mutating func set(_ text: LocalizedText?, at path: String..., from source: JSONPointer, in content: PassContent) {
        note(path, from: source)
        set(text, at: path, in: content)
    }

    /// Sets a text that has translations, Google's LocalizedString.
    mutating func set(_ text: LocalizedText?, at path: [String], in content: PassContent) {
        guard let text, !text.isEmpty else { return }
        set(text.json(content.languages.defaultTag), at: path)
        for translation in text.varyingSources { note(path, from: translation) }
    }

    /// Sets a text that Google has twice, as a string and with translations; the second only when there are any, or
    /// always.
    mutating func setPair(
        _ text: LocalizedText?, at path: String..., from source: JSONPointer, in content: PassContent,
        always: Bool = false
    ) {
        note(path, from: source)
        guard let text, !text.isEmpty, let key = path.last else { return }
        set(.string(text.value), at: path)
        guard always || !text.translations.isEmpty else { return }
        let second = path.dropLast() + [Self.localizedKey(key)]
        set(text.json(content.languages.defaultTag), at: Array(second), from: source)
        for translation in text.varyingSources { note(Array(second), from: translation) }
    }

    /// The key beside a key that has its translations.
    static func localizedKey(_ key: String) -> String {
        "localized" + key.prefix(1).uppercased() + key.dropFirst()
    }

    /// Notes what a part was made of.
    mutating func note(_ path: [String], from source: JSONPointer?) {
        guard let source else { return }
        origins.append(Origin(path: path, source: source))
    }

    /// Notes what cannot be made.
    mutating func fail(_ source: JSONPointer, _ reason: String, _ remedy: String) {
        faults.append(GoogleMappingFault(source, reason, remedy))
    }

    /// The place that a part, or the smallest part around it, was made of.
    func source(of path: [String]) -> JSONPointer? {
        var best: Origin?
        for origin in origins where path.starts(with: origin.path) && origin.path.count >= (best?.path.count ?? 0) {
            best = origin
        }
        return best?.source
    }

    private static func setting(_ value: JSONValue, _ path: ArraySlice<String>, _ object: JSONObject) -> JSONObject {
        var object = object
        guard let key = path.first else { return object }
        if path.count == 1 {
            object[key] = value
        } else {
            object[key] = .object(setting(value, path.dropFirst(), object[key]?.objectValue ?? JSONObject()))
        }
        return object
    }
}
