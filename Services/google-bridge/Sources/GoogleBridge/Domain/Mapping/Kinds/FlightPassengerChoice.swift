import GoogleWalletSchema
import JSON

/// What is a passenger's own on a flight.
struct FlightPassengerChoice: Sendable {
    private let name: Found?
    private let tags: SeatTags?
    private let seat: Found?
    private let seatClass: Found?
    private let group: Found?
    private let zone: Found?
    private let position: Found?
    private let sequence: Found?
    private let confirmation: Found?
    private let ticket: Found?
    private let frequentFlyer: Found?
    private let programName: Found?

    init(_ content: PassContent, _ filling: inout SlotFilling) {
        tags = SeatTags(content)
        filling.use(tags?.field)
        seat = filling.fill(Slot(subjects: "seat seatnumber seatno"))
        seatClass = filling.fill(
            Slot("ticketFareClass", subjects: "class cabin travelclass seatclass fareclass cabinclass bookingclass"))
        group = filling.fill(Slot("boardingGroup", subjects: "group boardinggroup"))
        zone = filling.fill(Slot("boardingZone", subjects: "zone boardingzone"))
        position = filling.fill(Slot(subjects: "position boardingposition"))
        sequence = filling.fill(
            Slot("boardingSequenceNumber", subjects: "sequence sequencenumber seq boardingnumber boardingsequence"))
        confirmation = filling.fill(
            Slot(
                "confirmationNumber",
                subjects: "pnr confirmation confirmationnumber confirmationcode booking bookingreference bookingcode"
                    + " bookingnumber reservation reservationnumber recordlocator"))
        ticket = filling.fill(Slot(subjects: "eticket eticketnumber ticketnumber ticketno"))
        frequentFlyer = filling.fill(
            Slot("membershipProgramNumber", subjects: "frequentflyer frequentflyernumber ffn loyaltynumber"))
        programName = frequentFlyer.flatMap { _ in content.semantic("membershipProgramName") }
        name = filling.fill(Slot("passengerName", subjects: "passenger passengername name traveler traveller pax"))
    }

    /// What Google needs of a passenger and the content lacks.
    var missing: [String] {
        var missing: [String] = []
        if name == nil { missing.append("the passenger's name") }
        if confirmation == nil && ticket == nil && frequentFlyer == nil {
            missing.append("a confirmation or ticket number")
        }
        return missing
    }

    /// Which label Google gives the group.
    var boardingPolicy: String? {
        if group != nil { return "GROUP_BASED" }
        return zone == nil ? nil : "ZONE_BASED"
    }

    func write(_ draft: inout ResourceDraft, _ content: PassContent) {
        draft.setName(name, at: "passengerName", in: content)
        writeSeat(&draft, content)
        draft.setText(group ?? zone, at: "boardingAndSeatingInfo", "boardingGroup", in: content)
        draft.setText(position, at: "boardingAndSeatingInfo", "boardingPosition", in: content)
        draft.setText(sequence, at: "boardingAndSeatingInfo", "sequenceNumber", in: content)
        draft.setText(confirmation, at: "reservationInfo", "confirmationCode", in: content)
        draft.setText(ticket, at: "reservationInfo", "eticketNumber", in: content)
        guard frequentFlyer != nil else { return }
        draft.setText(
            frequentFlyer, at: "reservationInfo", "frequentFlyerInfo", "frequentFlyerNumber", in: content)
        draft.setLocalized(
            programName, at: "reservationInfo", "frequentFlyerInfo", "frequentFlyerProgramName", in: content)
    }

    private func writeSeat(_ draft: inout ResourceDraft, _ content: PassContent) {
        draft.setText(seatClass, at: "boardingAndSeatingInfo", "seatClass", in: content)
        guard let tags else {
            return draft.setText(seat, at: "boardingAndSeatingInfo", "seatNumber", in: content)
        }
        if let number = tags.rowsAndNumbers {
            draft.set(.string(number), at: "boardingAndSeatingInfo", "seatNumber", from: tags.source)
        } else if let text = tags.joined(\.description) {
            let localized = content.languages.localized(text)
            draft.set(localized, at: "boardingAndSeatingInfo", "seatAssignment", from: tags.source, in: content)
        } else {
            draft.setText(seat, at: "boardingAndSeatingInfo", "seatNumber", in: content)
        }
        if seatClass == nil, let type = tags.joined(\.type) {
            draft.set(.string(type), at: "boardingAndSeatingInfo", "seatClass", from: tags.source)
        }
    }

    /// Which field shows the seat.
    private var seatKey: String? {
        if tags?.rowsAndNumbers != nil { return "seatNumber" }
        if tags?.joined(\.description) != nil { return "seatAssignment" }
        return seat == nil ? nil : "seatNumber"
    }

    /// The fields that it shows.
    var fields: Set<Int> {
        Set(name, seat, seatClass, group, zone, position, sequence, confirmation, ticket, frequentFlyer)
            .union(seatFields)
    }

    /// The fields that show the seat.
    var seatFields: Set<Int> { Set(seat).union([tags?.field].compactMap { $0 }) }

    var front: [FrontItem] {
        var keys: [String] = []
        if group != nil || zone != nil { keys.append("boardingGroup") }
        if let seatKey { keys.append(seatKey) }
        if seatClass != nil || tags?.joined(\.type) != nil { keys.append("seatClass") }
        if sequence != nil { keys.append("sequenceNumber") }
        let items = keys.map { FrontItem(GoogleFieldPath(.object, "boardingAndSeatingInfo", $0)) }
        return name == nil ? items : [FrontItem(GoogleFieldPath(.object, "passengerName"))] + items
    }
}
