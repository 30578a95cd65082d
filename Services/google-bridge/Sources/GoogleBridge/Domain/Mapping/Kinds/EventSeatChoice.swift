import GoogleWalletSchema
import JSON

/// Where a ticket's holder sits, from the semantic tag or from fields.
struct EventSeatChoice: Sendable {
    private let tags: SeatTags?
    private let gate: Found?
    private let section: Found?
    private let row: Found?
    private let seat: Found?

    init(_ content: PassContent, _ filling: inout SlotFilling) {
        tags = SeatTags(content)
        filling.use(tags?.field)
        gate = filling.fill(
            Slot(
                "venueEntranceGate venueEntrance venueEntranceDoor entranceDescription",
                subjects: "gate entrance door entry"))
        // Fields that show what the tag says are shown by Google's own fields, too.
        section = filling.fill(Slot(subjects: "section block sector area"))
        row = filling.fill(Slot(subjects: "row"))
        seat = filling.fill(Slot(subjects: "seat seatnumber seatno seats"))
    }

    func write(_ draft: inout ResourceDraft, _ content: PassContent) {
        draft.setLocalized(gate, at: "seatInfo", "gate", in: content)
        write(sectionTag, section, "section", &draft, content)
        write(rowTag, row, "row", &draft, content)
        write(seatTag, seat, "seat", &draft, content)
    }

    func writeLabels(_ draft: inout ResourceDraft, _ content: PassContent) {
        draft.setLabel(content.ownLabel(of: gate, unlike: "gate"), at: "customGateLabel", in: content)
        draft.setLabel(content.ownLabel(of: section, unlike: "section"), at: "customSectionLabel", in: content)
        draft.setLabel(content.ownLabel(of: row, unlike: "row"), at: "customRowLabel", in: content)
        draft.setLabel(content.ownLabel(of: seat, unlike: "seat"), at: "customSeatLabel", in: content)
    }

    /// The fields that it shows.
    var fields: Set<Int> {
        Set(gate, section, row, seat).union([tags?.field].compactMap { $0 })
    }

    var front: [FrontItem] {
        let parts = [
            ("gate", gate != nil), ("section", sectionTag != nil || section != nil),
            ("row", rowTag != nil || row != nil),
            ("seat", seatTag != nil || seat != nil),
        ]
        return parts.filter(\.1).map { FrontItem(GoogleFieldPath(.object, "seatInfo", $0.0)) }
    }

    private var sectionTag: String? { tags?.joined(\.section) }
    private var rowTag: String? { tags?.joined(\.row) }
    private var seatTag: String? { tags.flatMap { $0.numbers ?? $0.joined(\.description) } }

    /// What the tag says goes before what a field shows.
    private func write(
        _ tag: String?, _ found: Found?, _ key: String, _ draft: inout ResourceDraft, _ content: PassContent
    ) {
        if let tag, let tags {
            draft.set(content.languages.localized(tag), at: "seatInfo", key, from: tags.source, in: content)
        } else {
            draft.setLocalized(found, at: "seatInfo", key, in: content)
        }
    }
}
