import JSON

/// Checks a campaign's translations: an object of texts for each language.
struct LocalizationCheck: Sendable {
    /// Where the translations stand in the campaign's body.
    static let pointer = JSONPointer(tokens: ["localizations"])

    /// The faults of translations of content; both may hold tokens.
    static func faults(of localizations: JSONObject, for pass: JSONValue) -> [PassFault] {
        var inspection = Inspection(of: .template, at: pointer)
        var texts: Set<String> = []
        var formats: Set<String> = []
        collect(pass, key: nil, &texts, &formats, inspection)
        for (language, translations) in localizations {
            inspection.at(language) { inspection in
                checkLanguage(language, &inspection)
                guard case .object(let translations) = translations else {
                    inspection.refuse(
                        "The translations are no object.", "Write {\"text of the pass\": \"its translation\"}.")
                    return
                }
                check(translations, texts, formats, &inspection)
            }
        }
        return inspection.faults
    }

    /// Whether a text can name a folder of translations: `de`, `zh-Hans`, `pt_BR`.
    static func isLanguage(_ text: String) -> Bool {
        let letters = text.utf8.prefix { isLetter($0) }
        return 1...35 ~= text.utf8.count && 2...8 ~= letters.count
            && text.utf8.allSatisfy { isLetter($0) || "0123456789-_".utf8.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }

    private static func checkLanguage(_ language: String, _ inspection: inout Inspection) {
        if !isLanguage(language) {
            inspection.refuse(
                "\"\(language)\" is no name of a language.", "Write a language tag such as de, pt-BR or zh-Hans.")
        }
    }

    private static func check(
        _ translations: JSONObject, _ texts: Set<String>, _ formats: Set<String>, _ inspection: inout Inspection
    ) {
        for (text, translation) in translations {
            inspection.at(text) { inspection in
                inspection.check(translation, .text)
                if !texts.contains(text) {
                    inspection.warn(
                        "The pass holds no such text, so the translation is never used.",
                        "Write the text exactly as it stands in the pass.")
                }
                if formats.contains(text), let translated = translation.stringValue,
                    !FieldRules.holdsPlaceholder(translated)
                {
                    inspection.refuse(
                        "It translates a changeMessage and has no %@, so no change is announced in this language.",
                        "Put %@ where the new value belongs.")
                }
            }
        }
    }

    /// Gathers the texts that phones look up, and which of them are change messages.
    private static func collect(
        _ value: JSONValue, key: String?, _ texts: inout Set<String>, _ formats: inout Set<String>,
        _ inspection: Inspection
    ) {
        switch value {
        case .string:
            guard let text = inspection.read(value).string else { return }
            texts.insert(text)
            if key == "changeMessage" { formats.insert(text) }
        case .array(let elements):
            for element in elements { collect(element, key: nil, &texts, &formats, inspection) }
        case .object(let object):
            for (key, value) in object { collect(value, key: key, &texts, &formats, inspection) }
        case .null, .bool, .number: return
        }
    }
}
