import JSON

/// Checks a campaign's translations: an object of texts for each language.
struct LocalizationCheck: Sendable {
    /// Where the translations stand in the campaign's body.
    static let pointer = JSONPointer(tokens: ["localizations"])
    /// So many texts without translation are named.
    private static let named = 5

    /// The faults of translations of content; both may hold tokens.
    static func faults(
        of localizations: JSONObject, for pass: JSONValue, in subject: Inspection.Subject = .template
    ) -> [PassFault] {
        var inspection = Inspection(of: subject, at: pointer)
        let texts = PassTexts(of: pass, in: subject)
        for (language, translations) in localizations {
            inspection.at(language) { inspection in
                checkLanguage(language, &inspection)
                guard case .object(let translations) = translations else {
                    inspection.refuse(
                        "The translations are no object.", "Write {\"text of the pass\": \"its translation\"}.")
                    return
                }
                check(translations, texts, &inspection)
            }
        }
        checkMissing(localizations, texts, &inspection)
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
                "\"\(language)\" is no name of a language.", "Write a language tag such as de, pt-BR or zh-Hans.",
                effect: .ignores)
        }
    }

    private static func check(_ translations: JSONObject, _ texts: PassTexts, _ inspection: inout Inspection) {
        for (text, translation) in translations {
            inspection.at(text) { inspection in
                inspection.check(translation, .text)
                if !texts.all.contains(text) {
                    inspection.warn(
                        "The pass holds no such text, so the translation is never used.",
                        "Write the text exactly as it stands in the pass.")
                }
                if texts.changeMessages.contains(text), let translated = translation.stringValue,
                    !FieldRules.holdsPlaceholder(translated)
                {
                    inspection.refuse(
                        "It translates a changeMessage and has no %@, so no change is announced in this language.",
                        "Put %@ where the new value belongs.", effect: .announcesNothing)
                }
            }
        }
    }

    /// Texts that are there to be read, and texts that another language translates, need a translation in each.
    private static func checkMissing(
        _ localizations: JSONObject, _ texts: PassTexts, _ inspection: inout Inspection
    ) {
        // A package is as it is; of a campaign the wider language completes the narrower when packages are made.
        let complete = inspection.subject == .package ? localizations : LanguageFallback.completed(localizations)
        let translated = complete.reduce(into: Set<String>()) { $0.formUnion($1.value.objectValue?.keys ?? []) }
        let wanted = texts.readable + translated.intersection(texts.all).subtracting(texts.readable).sorted()
        for (language, translations) in complete {
            guard case .object(let translations) = translations else { continue }
            let missing = wanted.filter { translations[$0] == nil }
            guard !missing.isEmpty else { continue }
            let names = missing.prefix(named).map(inspection.shown).joined(separator: ", ")
            inspection.record(
                .warning, at: language,
                missing.count == 1
                    ? "The text \(names) has no translation."
                    : "\(missing.count) texts have no translation: \(names)\(missing.count > named ? ", …" : "").",
                "Translate them, or repeat a text as its own translation.", effect: .showsUntranslated)
        }
    }
}
