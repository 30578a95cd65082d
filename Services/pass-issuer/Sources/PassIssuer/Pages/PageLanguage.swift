import JSON

/// The languages of the pages that people see.
enum PageLanguage: String, Sendable, CaseIterable {
    case english = "en"
    case german = "de"
    case french = "fr"
    case spanish = "es"
    case italian = "it"
    case arabic = "ar"

    /// The first language of a reader that there is, or English.
    init(for accepted: AcceptedLanguages) {
        self = accepted.tags.lazy.compactMap { PageLanguage(rawValue: AcceptedLanguages.primary($0)) }.first ?? .english
    }

    /// The texts of `Pages/texts.….json` by name.
    var texts: [String: String] { Self.all[self] ?? [:] }

    private static let all: [PageLanguage: [String: String]] = {
        var all: [PageLanguage: [String: String]] = [:]
        for language in allCases {
            // A file that can't be read leaves its language empty, which a test would find.
            all[language] = try? JSON.decode([String: String].self, from: language.file)
        }
        return all
    }()

    private var file: [UInt8] {
        switch self {
        case .english: PackageResources.texts_en_json
        case .german: PackageResources.texts_de_json
        case .french: PackageResources.texts_fr_json
        case .spanish: PackageResources.texts_es_json
        case .italian: PackageResources.texts_it_json
        case .arabic: PackageResources.texts_ar_json
        }
    }
}
