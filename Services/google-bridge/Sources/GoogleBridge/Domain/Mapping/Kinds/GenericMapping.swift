import GoogleWalletSchema
import JSON

/// A generic pass: its two lines of title, and everything else as text.
struct GenericMapping: KindMapping {
    static let kind = GoogleKind.generic

    private let content: PassContent
    private let header: Found?
    let usedFields: Set<Int>
    let knownTags: Set<String>
    let front: [FrontItem] = []
    let notes: [MappingNote] = []

    init(_ content: PassContent) {
        self.content = content
        var filling = SlotFilling(content)
        header = filling.fill(Slot(at: .firstPrimary))
        usedFields = filling.used
        knownTags = filling.tags
    }

    var showsLogoText: Bool { true }

    /// A generic class has nothing of its own.
    func writeClass(_ draft: inout ResourceDraft) {}

    func writeObject(_ draft: inout ResourceDraft) {
        let issuer = content.issuer(canVary: true)
        let title = content.shareable("logoText", canVary: true) ?? issuer
        draft.set(title.text, at: "cardTitle", from: title.source, in: content)
        draft.set(.string(type), at: "genericType")
        let description = content.title(canVary: true)
        guard let header, let field = content.field(of: header) else {
            draft.set(description.text, at: "header", from: description.source, in: content)
            return
        }
        let text = content.text(header)
        draft.set(text.value.isEmpty ? description.text : text, at: "header", from: header.source, in: content)
        draft.set(content.label(of: field), at: "subheader", from: field.labelPointer, in: content)
    }

    /// What Google calls a pass of the content's style.
    private var type: String {
        switch content.style {
        case .boardingPass: "GENERIC_TRANSIT_PASS"
        case .coupon: "GENERIC_VOUCHER"
        case .eventTicket: "GENERIC_ENTRY_TICKET"
        case .storeCard: "GENERIC_LOYALTY_CARD"
        case .generic, nil: "GENERIC_OTHER"
        }
    }
}
