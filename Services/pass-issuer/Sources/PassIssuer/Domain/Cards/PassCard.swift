import Contracts
import JSON

/// What a page shows of a pass: its front without the barcode, which belongs to wallets alone.
struct PassCard: Sendable, Hashable {
    /// Fields that stand side by side.
    struct Row: Sendable, Hashable {
        let group: FieldGroup
        let fields: [CardField]
    }

    let organization: String
    let logoText: String?
    let colours: CardColours
    let icon: CardImage?
    let logo: CardImage?
    let strip: CardImage?
    let thumbnail: CardImage?
    /// The fields beside the logo.
    let header: [CardField]
    /// The fields below, without empty rows.
    let rows: [Row]

    /// The card of a pass for a reader of these languages.
    init(
        _ content: PassContent, shared: [(language: String, translations: JSONObject)],
        images: [ImageFile: CampaignImage], organizationName: String?, accepted: AcceptedLanguages
    ) {
        var languages = Dictionary(shared.map { ($0.language, $0.translations) }) { first, _ in first }
        for (language, translations) in content.localizations { languages[language] = translations }
        let language = accepted.best(
            of: languages.keys.sorted() + images.keys.compactMap(\.language).sorted())
        let translations = language.flatMap { languages[$0] } ?? [:]
        func text(_ key: String) -> String? {
            guard let text = content.pass[key]?.stringValue, !text.isEmpty else { return nil }
            return CardField.shortened(CardField.translated(text, translations))
        }
        organization = text("organizationName") ?? organizationName.map(CardField.shortened) ?? ""
        logoText = text("logoText")
        colours = CardColours(of: content.pass)
        func image(_ role: ImageRole) -> CardImage? { CardImage(role, among: images, language: language) }
        icon = image(.icon)
        logo = image(.logo)
        strip = image(.strip)
        thumbnail = image(.thumbnail)
        let style = PassStyle.allCases.first { content.pass[$0.rawValue]?.objectValue != nil }
        func fields(_ group: FieldGroup) -> [CardField] {
            guard let style, let fields = content.pass[style.rawValue]?[group.rawValue]?.arrayValue else { return [] }
            return fields.prefix(style.maximum(of: group) ?? 0).compactMap {
                CardField($0, translations: translations)
            }
        }
        header = fields(.headerFields)
        rows = [FieldGroup.primaryFields, .secondaryFields, .auxiliaryFields].compactMap { group in
            let fields = fields(group)
            return fields.isEmpty ? nil : Row(group: group, fields: fields)
        }
    }
}
