import JSON

/// Languages that stand in for each other: whoever reads Swiss German reads German.
///
/// Phones choose one folder and look up texts in no other, so what a region's translations lack is completed from the
/// language's own when a package is made.
enum LanguageFallback {
    /// The language among others that stands in for one: `pt` for `pt-BR`, `zh-Hant` for `zh-Hant-HK`.
    static func parent(of language: String, among others: some Sequence<String>) -> String? {
        var parts = normalized(language).split(separator: "-").map(String.init)
        let others = Array(others)
        while let last = parts.popLast(), !parts.isEmpty {
            // Another script is another text.
            if last.utf8.count == 4, last.utf8.allSatisfy({ UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }) {
                return nil
            }
            let wanted = parts.joined(separator: "-")
            if let found = others.first(where: { normalized($0) == wanted && $0 != language }) { return found }
        }
        return nil
    }

    /// Translations with what they lack taken from the languages that stand in.
    static func completed(_ localizations: JSONObject) -> JSONObject {
        var completed = localizations
        // The shorter ones first: what stands in for others is complete by then.
        for language in localizations.keys.sorted(by: { $0.utf8.count < $1.utf8.count }) {
            guard let parent = parent(of: language, among: localizations.keys),
                case .object(let wider) = completed[parent], case .object(var own) = completed[language]
            else { continue }
            for (text, translation) in wider where own[text] == nil { own[text] = translation }
            completed[language] = .object(own)
        }
        return completed
    }

    private static func normalized(_ language: String) -> String {
        language.lowercased().replacing("_", with: "-")
    }
}
