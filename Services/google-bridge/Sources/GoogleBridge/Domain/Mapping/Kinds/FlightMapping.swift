import GoogleWalletSchema
import JSON

/// A boarding pass of an airline: the flight is shared by its passes, passenger and seat are each pass's own.
struct FlightMapping: KindMapping {
    static let kind = GoogleKind.flight

    let content: PassContent
    let flight: FlightNumberChoice
    let origin: Found?
    let destination: Found?
    let departure: PassContent.SourcedDate?
    let arrival: Found?
    let boarding: Found?
    let gateClosing: Found?
    let gate: Found?
    let terminal: Found?
    let passenger: FlightPassengerChoice
    let usedFields: Set<Int>
    let knownTags: Set<String>
    let notes: [MappingNote]

    init(_ content: PassContent) {
        self.content = content
        var filling = SlotFilling(content)
        let isAirport = { (found: Found) in content.isVaryingOr(found) { Self.code($0, content) != nil } }
        flight = FlightNumberChoice(content, &filling)
        origin = filling.fill(Self.originSlot, if: isAirport)
        destination = filling.fill(Self.destinationSlot, if: isAirport)
        let scheduled = filling.fill(Self.departureSlot).flatMap { content.date($0) }
        departure = scheduled ?? content.relevantDates.first?.start
        arrival = filling.fill(
            Slot(
                "originalArrivalDate currentArrivalDate", subjects: "arrival arrivaltime arrivaldate arrives", as: .date
            ))
        boarding = filling.fill(
            Slot(
                "currentBoardingDate originalBoardingDate", subjects: "boarding boardingtime boardingdate boards",
                as: .date))
        gateClosing = filling.fill(Slot(subjects: "gateclosing gatecloses gateclosingtime gateclose", as: .date))
        gate = filling.fill(Slot("departureGate", subjects: "gate departuregate"))
        terminal = filling.fill(Slot("departureTerminal", subjects: "terminal departureterminal"))
        passenger = FlightPassengerChoice(content, &filling)
        usedFields = filling.used
        knownTags = filling.tags.union([
            "currentArrivalDate", "currentDepartureDate", "departureAirportName", "destinationAirportName",
            "destinationGate", "destinationTerminal", "departureAirportTimeZone", "departureLocationTimeZone",
            "destinationAirportTimeZone", "destinationLocationTimeZone", "membershipProgramName", "seats",
        ])
        notes = Self.notes(content, departure)
    }

    var showsRelevantDate: Bool { true }

    /// What Google needs of a flight and the content lacks.
    var missing: [String] {
        var missing: [String] = []
        if origin == nil || destination == nil { missing.append("the IATA codes of both airports") }
        if !flight.isComplete { missing.append("airline code and flight number") }
        if departure == nil { missing.append("the date of departure") }
        return missing + passenger.missing
    }

    var sharedFields: Set<Int> { usedFields.subtracting(passenger.fields) }
    var announcedFields: Set<Int> { passenger.seatFields }

    func writeClass(_ draft: inout ResourceDraft) {
        flight.write(&draft, content)
        writeAirport(origin, "origin", &draft)
        writeAirport(destination, "destination", &draft)
        draft.setText(gate, at: "origin", "gate", in: content)
        draft.setText(terminal, at: "origin", "terminal", in: content)
        draft.setText(content.semantic("destinationGate"), at: "destination", "gate", in: content)
        draft.setText(content.semantic("destinationTerminal"), at: "destination", "terminal", in: content)
        setLocal(departure, at: "localScheduledDepartureDateTime", &draft)
        setEstimated("currentDepartureDate", unlike: departure, at: "localEstimatedOrActualDepartureDateTime", &draft)
        let arrival = arrival.flatMap { content.date($0) }
        setLocal(arrival, at: "localScheduledArrivalDateTime", &draft)
        setEstimated("currentArrivalDate", unlike: arrival, at: "localEstimatedOrActualArrivalDateTime", &draft)
        setLocal(boarding.flatMap { content.date($0) }, at: "localBoardingDateTime", &draft)
        setLocal(gateClosing.flatMap { content.date($0) }, at: "localGateClosingDateTime", &draft)
        if let policy = passenger.boardingPolicy {
            draft.set(.string(policy), at: "boardingAndSeatingPolicy", "boardingPolicy")
        }
    }

    func writeObject(_ draft: inout ResourceDraft) {
        passenger.write(&draft, content)
    }

    var front: [FrontItem] {
        var items: [FrontItem] = []
        if boarding != nil {
            items.append(FrontItem(GoogleFieldPath(.class, "localBoardingDateTime"), dateFormat: "TIME_ONLY"))
        }
        if terminal != nil { items.append(FrontItem(GoogleFieldPath(.class, "origin", "terminal"))) }
        if gate != nil { items.append(FrontItem(GoogleFieldPath(.class, "origin", "gate"))) }
        return items + passenger.front
    }

    private func writeAirport(_ found: Found?, _ key: String, _ draft: inout ResourceDraft) {
        guard let found else { return }
        let code = content.isRaw(found.source) ? content.plainText(found) : Self.code(found, content)
        draft.set(.string(code ?? content.plainText(found)), at: key, "airportIataCode", from: found.source)
        let name = key == "origin" ? "departureAirportName" : "destinationAirportName"
        draft.setLocalized(content.semantic(name), at: key, "airportNameOverride", in: content)
    }

    /// Google wants the time at the airport, without an offset.
    private func setLocal(_ date: PassContent.SourcedDate?, at key: String, _ draft: inout ResourceDraft) {
        guard let date else { return }
        draft.set(.string(date.date?.withoutOffset.text ?? date.text), at: key, from: date.source)
    }

    /// Sets a date of the present, when it is not the planned one.
    private func setEstimated(
        _ tag: String, unlike planned: PassContent.SourcedDate?, at key: String, _ draft: inout ResourceDraft
    ) {
        guard let planned, let current = content.semantic(tag).flatMap({ content.date($0) }),
            current.source != planned.source
        else { return }
        draft.note([key], from: current.source)
        if current.text != planned.text { setLocal(current, at: key, &draft) }
    }

    /// An airport's code at IATA: three letters.
    private static func code(_ found: Found, _ content: PassContent) -> String? {
        let text = content.plainText(found).trimmingSpaces.uppercased()
        return text.utf8.count == 3 && text.utf8.allSatisfy({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 })
            ? text : nil
    }

    private static func notes(_ content: PassContent, _ departure: PassContent.SourcedDate?) -> [MappingNote] {
        guard let departure, departure.date?.offsetSeconds == 0,
            let zone = content.semantic("departureAirportTimeZone") ?? content.semantic("departureLocationTimeZone"),
            let name = zone.value.stringValue, !["UTC", "GMT", "Etc/UTC"].contains(name)
        else { return [] }
        return [
            MappingNote(
                departure.source,
                "Google shows the time as it is written, at the airport; write it with the airport's offset, not in UTC."
            )
        ]
    }

    private static let originSlot = Slot(
        "departureAirportCode", subjects: "origin from departureairport departureairportcode depart orig departure",
        at: .firstPrimary)
    private static let destinationSlot = Slot(
        "destinationAirportCode",
        subjects: "destination to arrivalairport destinationairport destinationairportcode dest arrival",
        at: .secondPrimary)
    private static let departureSlot = Slot(
        "originalDepartureDate currentDepartureDate",
        subjects: "departure departuretime departuredate departs depart date", as: .date)
}
