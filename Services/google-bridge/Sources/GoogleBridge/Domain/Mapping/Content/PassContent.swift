import Contracts
import JSON

/// The one content of a pass in Apple's vocabulary, as a class or an object is made of it.
struct PassContent: Sendable {
    /// pass.json, without the identity keys.
    let pass: JSONObject
    /// Its style; nil when it has none, or several.
    let style: ContentStyle?
    /// Its fields in the order of `ContentGroup`.
    let fields: [ContentField]
    /// Translations.
    let languages: ContentLanguages
    /// What stands in place of a missing organisation.
    let organizationName: String?
    /// The campaign's name, for people.
    let campaignName: String?
    /// The campaign's images.
    let images: [GoogleImage]
    /// What the campaign says of Google.
    let google: GoogleOverrides?
    /// Whether the pass is no longer good.
    let isVoided: Bool
    /// What differs between passes.
    let tokens: TokenPlaces
    /// Whether what differs stands as the author wrote it, and not as one pass has it.
    let isTemplate: Bool

    /// The content of a campaign, what differs between passes standing as the author wrote it.
    init(_ request: GoogleClassRequest, defaultLanguage: String) {
        let tokens = TokenPlaces(request.tokenPointers)
        self.init(
            pass: request.pass, localizations: request.localizations, organizationName: request.organizationName,
            campaignName: request.name, images: request.images, google: request.google, isVoided: false,
            tokens: tokens, isTemplate: true, defaultLanguage: defaultLanguage)
    }

    /// The content of one pass.
    init(_ request: GoogleObjectRequest, campaignName: String?, tokens: TokenPlaces, defaultLanguage: String) {
        self.init(
            pass: request.pass, localizations: request.localizations, organizationName: request.organizationName,
            campaignName: campaignName, images: request.images, google: request.google, isVoided: request.voided,
            tokens: tokens, isTemplate: false, defaultLanguage: defaultLanguage)
    }

    private init(
        pass: JSONObject, localizations: [String: [String: String]], organizationName: String?, campaignName: String?,
        images: [GoogleImage], google: GoogleOverrides?, isVoided: Bool, tokens: TokenPlaces, isTemplate: Bool,
        defaultLanguage: String
    ) {
        self.pass = pass
        let styles = ContentStyle.allCases.filter { pass[$0.rawValue]?.objectValue != nil }
        style = styles.count == 1 ? styles.first : nil
        fields = style.map { Self.fields(of: $0, pass) } ?? []
        languages = ContentLanguages(localizations, defaultTag: defaultLanguage, tokens: tokens)
        self.organizationName = organizationName
        self.campaignName = campaignName
        self.images = images
        self.google = google
        self.isVoided = isVoided
        self.tokens = tokens
        self.isTemplate = isTemplate
    }

    /// Whether what stands at a place is what the author wrote in place of what each pass has.
    func isRaw(_ pointer: JSONPointer) -> Bool {
        isTemplate && tokens.vary(at: pointer)
    }

    /// The place of a key of pass.json.
    static func place(_ key: String) -> JSONPointer {
        JSONPointer(tokens: ["pass", key])
    }

    private static func fields(of style: ContentStyle, _ pass: JSONObject) -> [ContentField] {
        guard let groups = pass[style.rawValue] else { return [] }
        let root = place(style.rawValue)
        return ContentGroup.allCases.flatMap { group in
            (groups[group.rawValue]?.arrayValue ?? []).enumerated().compactMap { index, field in
                ContentField(field, group, root.appending(group.rawValue).appending(index))
            }
        }
    }
}
