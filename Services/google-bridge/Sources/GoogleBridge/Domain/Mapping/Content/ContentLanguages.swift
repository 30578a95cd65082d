import JSON

/// The translations of a content's texts, by the tags of their languages.
struct ContentLanguages: Sendable {
    /// The language that texts are in as they stand.
    let defaultTag: String
    /// The names of folders that name no language.
    let unknownNames: [String]

    private let localizations: [String: [String: String]]
    private let base: [String: String]
    private let others: [Table]
    private let tokens: TokenPlaces

    private struct Table {
        let tag: String
        let name: String
        let texts: [String: String]
    }

    /// Takes translations by their folders' names; where two name one language, the first by name counts.
    init(_ localizations: [String: [String: String]], defaultTag: String, tokens: TokenPlaces) {
        self.defaultTag = defaultTag
        self.tokens = tokens
        self.localizations = localizations
        var base: [String: String] = [:]
        var tables: [Table] = []
        var unknown: [String] = []
        for (name, texts) in localizations.sorted(by: { $0.key < $1.key }) {
            guard name.lowercased() != "base" else {
                base.merge(texts) { first, _ in first }
                continue
            }
            guard let tag = LanguageTag.tag(name) else {
                unknown.append(name)
                continue
            }
            if tag == defaultTag {
                base.merge(texts) { _, new in new }
            } else if !tables.contains(where: { $0.tag == tag }) {
                tables.append(Table(tag: tag, name: name, texts: texts))
            }
        }
        self.base = base
        others = tables
        unknownNames = unknown
    }

    /// The tags of the languages beside the default one.
    var otherTags: [String] { others.map(\.tag) }

    /// The translation of a text in a folder.
    func text(_ text: String, inFolder name: String) -> String? {
        localizations[name]?[text]
    }

    /// A text in the default language and in each that has it.
    func localized(_ text: String) -> LocalizedText {
        var result = LocalizedText(value: base[text] ?? text)
        for table in others {
            guard let translation = table.texts[text], translation != result.value, !translation.isEmpty else {
                continue
            }
            let pointer = JSONPointer(tokens: ["localizations", table.name, text])
            result.translations.append(
                LocalizedText.Translation(
                    language: table.tag, value: translation, source: tokens.vary(at: pointer) ? pointer : nil))
        }
        return result
    }

    /// A text that is written anew for each language; languages that write it alike are left out.
    func written(_ write: (_ tag: String) -> String) -> LocalizedText {
        var result = LocalizedText(value: write(defaultTag))
        for table in others {
            let text = write(table.tag)
            guard text != result.value else { continue }
            result.translations.append(LocalizedText.Translation(language: table.tag, value: text))
        }
        return result
    }
}
