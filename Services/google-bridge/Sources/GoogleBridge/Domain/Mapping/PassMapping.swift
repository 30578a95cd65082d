import Contracts
import GoogleWalletSchema
import JSON

/// The plan by which class and object are made of a content. Both are made by the same plan, so that what the class's
/// template refers to is there.
struct PassMapping: Sendable {
    let content: PassContent
    let context: GoogleMappingContext
    let kind: GoogleKind
    let particulars: any KindMapping
    /// Why the kind is not the one that the style implies.
    let kindNotes: [MappingNote]
    /// Which images are shown where.
    let images: ImageChoice
    /// The fields that text modules show.
    let moduleFields: [ContentField]
    /// What stands on the front: the kind's own fields, then the others. Nothing when there are no others, because
    /// Google's own arrangement of a kind's fields is better than any.
    let front: [FrontItem]

    /// Plans a mapping to a kind, or to the one that the content implies.
    init(_ content: PassContent, _ context: GoogleMappingContext, kind: GooglePassKind?) {
        self.content = content
        self.context = context
        let choice = KindChoice(content, given: kind)
        self.kind = choice.kind
        particulars = choice.mapping
        kindNotes = choice.notes
        images = ImageChoice(content.images)
        let used = particulars.usedFields
        moduleFields = content.fields.indices.filter { !used.contains($0) }.map { content.fields[$0] }
        front = Self.front(of: moduleFields, content, particulars)
    }

    private static func front(
        of fields: [ContentField], _ content: PassContent, _ particulars: any KindMapping
    ) -> [FrontItem] {
        var seen: Set<String> = []
        let modules = fields.filter { field in
            field.group.isOnFront && !content.tokens.vary(at: field.pointer.appending("key"))
                && seen.insert(field.moduleID).inserted
        }
        guard !modules.isEmpty else { return [] }
        return particulars.front
            + modules.map { FrontItem(GoogleFieldPath(.object, "textModulesData", id: $0.moduleID)) }
    }

    /// Which of a campaign's class variants the content needs; nil when there is one class for all.
    var variantKey: String? {
        let sources = classSources
        return sources.isEmpty ? nil : ClassVariant.key(of: content, sources: sources)
    }

    /// What the class shows of what differs between passes.
    private var classSources: [JSONPointer] {
        guard kind.hasClassVariants, !content.tokens.isEmpty else { return [] }
        return classDraft().origins.map(\.source).filter(content.tokens.vary)
    }

    /// What the class of a pass shows of what differs between passes.
    static func sources(of request: GoogleObjectRequest, in context: GoogleMappingContext) -> [JSONPointer] {
        GoogleMapping.mapping(of: request, in: context).classSources
    }

    /// The id of the class.
    func classID(variant: String?) -> GoogleResourceID {
        GoogleResourceID(
            issuerID: context.issuerID, campaign: context.campaignID, generation: context.generation, variant: variant)
    }
}

extension GoogleKind {
    /// Whether what passes share may differ between them: every flight is a class of its own, and so is every event.
    var hasClassVariants: Bool { self == .flight || self == .eventTicket }
}
