import JSON

/// A text in the campaign's language, with its translations.
struct LocalizedText: Hashable, Sendable {
    /// The text in the default language.
    var value: String
    /// Its translations, by their languages' tags.
    var translations: [Translation] = []

    /// A text in another language.
    struct Translation: Hashable, Sendable {
        let language: String
        var value: String
        /// Where it stands, when it differs between passes.
        var source: JSONPointer?
    }

    /// Whether there is no text at all.
    var isEmpty: Bool { value.isEmpty && translations.isEmpty }

    /// Where the translations stand that differ between passes.
    var varyingSources: [JSONPointer] { translations.compactMap(\.source) }

    /// The text without the translations that differ between passes.
    var withoutVarying: LocalizedText {
        LocalizedText(value: value, translations: translations.filter { $0.source == nil })
    }

    /// Each text changed in the same way.
    func map(_ transform: (String) -> String) -> LocalizedText {
        LocalizedText(
            value: transform(value),
            translations: translations.map {
                Translation(language: $0.language, value: transform($0.value), source: $0.source)
            })
    }

    /// This text, and another one behind it, in each language that either has.
    func followed(by other: LocalizedText, with separator: String) -> LocalizedText {
        let tags = Set(translations.map(\.language) + other.translations.map(\.language)).sorted()
        return LocalizedText(
            value: value + separator + other.value,
            translations: tags.map { tag in
                let first = translations.first { $0.language == tag }
                let second = other.translations.first { $0.language == tag }
                return Translation(
                    language: tag, value: (first?.value ?? value) + separator + (second?.value ?? other.value),
                    source: first?.source ?? second?.source)
            })
    }

    /// Google's LocalizedString.
    func json(_ defaultLanguage: String) -> JSONValue {
        var result: JSONObject = [
            "defaultValue": ["language": .string(defaultLanguage), "value": .string(value)]
        ]
        if !translations.isEmpty {
            result["translatedValues"] = .array(
                translations.map { ["language": .string($0.language), "value": .string($0.value)] })
        }
        return .object(result)
    }
}
