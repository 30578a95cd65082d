import GoogleWalletSchema
import JSON

/// An offer: what it is and its small print belong to all passes.
struct OfferMapping: KindMapping {
    static let kind = GoogleKind.offer

    private let content: PassContent
    private let title: Found?
    private let details: Found?
    private let finePrint: Found?
    let usedFields: Set<Int>
    let knownTags: Set<String>
    let front: [FrontItem] = []
    let notes: [MappingNote]

    init(_ content: PassContent) {
        self.content = content
        var filling = SlotFilling(content)
        let isShared = { (found: Found) in !content.tokens.vary(at: found.source) && !content.text(found).value.isEmpty
        }
        title = filling.fill(Slot(subjects: "offer offertitle title", at: .firstPrimary), if: isShared)
        details = filling.fill(
            Slot(subjects: "details offerdetails description about information", as: .text), if: isShared)
        finePrint = filling.fill(
            Slot(subjects: "terms termsandconditions conditions fineprint legal disclaimer", as: .text), if: isShared)
        usedFields = filling.used
        knownTags = filling.tags
        notes = Self.notes(content, hasTitle: title != nil)
    }

    var sharedFields: Set<Int> { Set(title, details, finePrint) }

    func writeClass(_ draft: inout ResourceDraft) {
        let provider = content.issuer(canVary: false)
        draft.setPair(provider.text, at: "provider", from: provider.source, in: content, always: true)
        draft.set("BOTH", at: "redemptionChannel")
        if let title, let text = content.shareable(title, canVary: false) {
            draft.setPair(text, at: "title", from: title.source, in: content, always: true)
        } else {
            let description = content.title(canVary: false)
            draft.setPair(description.text, at: "title", from: description.source, in: content, always: true)
        }
        writeDetails(&draft)
        if let finePrint, let text = content.shareable(finePrint, canVary: false) {
            draft.setPair(text, at: "finePrint", from: finePrint.source, in: content)
        }
    }

    /// An offer's object has nothing of its own.
    func writeObject(_ draft: inout ResourceDraft) {}

    /// The title's label has no place of its own; it goes before the details.
    private func writeDetails(_ draft: inout ResourceDraft) {
        let label = content.ownLabel(of: title)
        let text = details.flatMap { content.shareable($0, canVary: false) }
        switch (label, details, text) {
        case (let label?, let details?, let text?):
            let joined = label.text.followed(by: text, with: "\n")
            draft.setPair(joined, at: "details", from: details.source, in: content)
        case (let label?, _, _):
            draft.setPair(label.text, at: "details", from: label.source, in: content)
        case (nil, let details?, let text?):
            draft.setPair(text, at: "details", from: details.source, in: content)
        default: break
        }
    }

    private static func notes(_ content: PassContent, hasTitle: Bool) -> [MappingNote] {
        guard !hasTitle, let field = content.fields.first(where: { $0.group == .primaryFields }) else { return [] }
        return [
            MappingNote(
                field.valuePointer,
                "Google has one title for all passes of an offer, and this text differs between them; the description"
                    + " is the title, and this text stands below.")
        ]
    }
}
