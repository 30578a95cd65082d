import GoogleWalletSchema
import JSON

/// Where a traveller sits, from the semantic tag or from fields.
struct TransitSeatChoice: Sendable {
    private let tags: SeatTags?
    private let coach: Found?
    private let seat: Found?
    private let fareClass: Found?

    /// Chooses nothing for a ticket without a journey, because seats belong to one.
    init(_ content: PassContent, _ filling: inout SlotFilling, isLeg: Bool) {
        tags = isLeg ? SeatTags(content) : nil
        filling.use(tags?.field)
        coach = isLeg ? filling.fill(Slot("carNumber", subjects: "coach car wagon carnumber")) : nil
        seat = isLeg ? filling.fill(Slot(subjects: "seat seatnumber seatno seats")) : nil
        fareClass =
            isLeg ? filling.fill(Slot("ticketFareClass", subjects: "class travelclass fareclass seatclass")) : nil
    }

    func write(_ draft: inout ResourceDraft, _ content: PassContent) {
        draft.setText(coach, at: "ticketLeg", "ticketSeat", "coach", in: content)
        draft.setLocalized(fareClass, at: "ticketLeg", "ticketSeat", "customFareClass", in: content)
        if let tags, let number = tags.rowsAndNumbers {
            draft.set(.string(number), at: "ticketLeg", "ticketSeat", "seat", from: tags.source)
        } else if let tags, let text = tags.joined(\.description) {
            let localized = content.languages.localized(text)
            draft.set(localized, at: "ticketLeg", "ticketSeat", "seatAssignment", from: tags.source, in: content)
        } else {
            draft.setText(seat, at: "ticketLeg", "ticketSeat", "seat", in: content)
        }
    }

    func writeLabels(_ draft: inout ResourceDraft, _ content: PassContent) {
        draft.setLabel(content.ownLabel(of: coach, unlike: "coach"), at: "customCoachLabel", in: content)
        draft.setLabel(content.ownLabel(of: seat, unlike: "seat"), at: "customSeatLabel", in: content)
        draft.setLabel(content.ownLabel(of: fareClass, unlike: "class"), at: "customFareClassLabel", in: content)
    }

    var front: [FrontItem] {
        var keys: [String] = []
        if coach != nil { keys.append("coach") }
        if tags?.rowsAndNumbers != nil {
            keys.append("seat")
        } else if tags?.joined(\.description) != nil {
            keys.append("seatAssignment")
        } else if seat != nil {
            keys.append("seat")
        }
        if fareClass != nil { keys.append("customFareClass") }
        return keys.map { FrontItem(GoogleFieldPath(.object, "ticketLeg", "ticketSeat", $0)) }
    }
}
