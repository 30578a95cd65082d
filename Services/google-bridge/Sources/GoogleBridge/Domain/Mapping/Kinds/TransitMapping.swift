import Contracts
import GoogleWalletSchema
import JSON

/// A ticket of public transport: nearly all of it is each pass's own.
struct TransitMapping: KindMapping {
    static let kind = GoogleKind.transit

    private let content: PassContent
    private let origin: Found?
    private let destination: Found?
    private let departure: PassContent.SourcedDate?
    private let arrival: Found?
    private let platform: Found?
    private let carriage: Found?
    private let zone: Found?
    private let fareName: Found?
    private let terminus: Found?
    private let seat: TransitSeatChoice
    private let passenger: Found?
    private let ticketNumber: Found?
    private let confirmation: Found?
    private let price: Found?
    let usedFields: Set<Int>
    let knownTags: Set<String>
    let notes: [MappingNote]

    init(_ content: PassContent) {
        self.content = content
        var filling = SlotFilling(content)
        let when = filling.fill(Self.departureSlot).flatMap { content.date($0) } ?? content.relevantDates.first?.start
        departure = when
        // Google refuses a leg without a time; then places and times stand as text.
        let hasLeg = when != nil || content.pass["expirationDate"]?.stringValue?.isEmpty == false
        origin = hasLeg ? filling.fill(Self.originSlot) : nil
        destination = origin == nil ? nil : filling.fill(Self.destinationSlot)
        let isLeg = origin != nil
        arrival = isLeg ? filling.fill(Self.arrivalSlot) : nil
        platform = isLeg ? filling.fill(Self.platformSlot) : nil
        carriage = isLeg ? filling.fill(Self.carriageSlot) : nil
        zone = isLeg ? filling.fill(Slot("boardingZone", subjects: "zone boardingzone")) : nil
        fareName = isLeg ? filling.fill(Slot(subjects: "fare farename tariff")) : nil
        terminus = isLeg ? filling.fill(Slot(subjects: "direction terminus")) : nil
        seat = TransitSeatChoice(content, &filling, isLeg: isLeg)
        passenger = filling.fill(
            Slot("passengerName", subjects: "passenger passengername passengers name traveler traveller"))
        ticketNumber = filling.fill(Slot(subjects: "ticketnumber ticketno ticketid ticket"))
        confirmation = filling.fill(
            Slot(
                "confirmationNumber",
                subjects: "confirmation confirmationnumber confirmationcode pnr booking bookingcode bookingreference"
                    + " bookingnumber order ordernumber reservation"))
        price = filling.fill(Slot("totalPrice", subjects: "price total ticketprice amount", as: .money))
        usedFields = filling.used
        knownTags = filling.tags.union(["seats", "transitProvider"])
        notes = Self.notes(content, hasLeg: hasLeg)
    }

    var showsRelevantDate: Bool { origin != nil }

    func writeClass(_ draft: inout ResourceDraft) {
        draft.set(.string(transitType), at: "transitType")
        let labels = [
            (content.ownLabel(of: platform, unlike: "platform"), "customPlatformLabel"),
            (content.ownLabel(of: carriage, unlike: "carriage"), "customCarriageLabel"),
            (content.ownLabel(of: zone, unlike: "zone"), "customZoneLabel"),
            (content.ownLabel(of: fareName, unlike: "fare"), "customFareNameLabel"),
            (content.ownLabel(of: terminus, unlike: "terminus"), "customTransitTerminusNameLabel"),
            (content.ownLabel(of: ticketNumber, unlike: "ticket number"), "customTicketNumberLabel"),
            (content.ownLabel(of: confirmation, unlike: "confirmation code"), "customConfirmationCodeLabel"),
            (content.ownLabel(of: price, unlike: "price"), "customPurchasePriceLabel"),
        ]
        for (label, key) in labels { draft.setLabel(label, at: key, in: content) }
        seat.writeLabels(&draft, content)
    }

    func writeObject(_ draft: inout ResourceDraft) {
        draft.set("ONE_WAY", at: "tripType")
        draft.setName(passenger, at: "passengerNames", in: content)
        if passenger != nil { draft.set("SINGLE_PASSENGER", at: "passengerType") }
        draft.setText(ticketNumber, at: "ticketNumber", in: content)
        draft.setText(confirmation, at: "purchaseDetails", "confirmationCode", in: content)
        draft.setMoney(price, at: "purchaseDetails", "ticketCost", "purchasePrice", in: content)
        writeLeg(&draft)
    }

    private func writeLeg(_ draft: inout ResourceDraft) {
        guard let origin else { return }
        draft.setLocalized(origin, at: "ticketLeg", "originName", in: content)
        draft.setLocalized(destination, at: "ticketLeg", "destinationName", in: content)
        if let departure {
            draft.set(.string(departure.text), at: "ticketLeg", "departureDateTime", from: departure.source)
        }
        if let date = arrival.flatMap({ content.date($0) }) {
            draft.set(.string(date.text), at: "ticketLeg", "arrivalDateTime", from: date.source)
        }
        draft.setText(platform, at: "ticketLeg", "platform", in: content)
        draft.setText(carriage, at: "ticketLeg", "carriage", in: content)
        draft.setText(zone, at: "ticketLeg", "zone", in: content)
        draft.setLocalized(fareName, at: "ticketLeg", "fareName", in: content)
        draft.setLocalized(terminus, at: "ticketLeg", "transitTerminusName", in: content)
        draft.setLocalized(
            content.semantic("transitProvider"), at: "ticketLeg", "transitOperatorName", in: content)
        seat.write(&draft, content)
    }

    var front: [FrontItem] {
        var items: [FrontItem] = []
        if origin != nil, departure != nil {
            items.append(
                FrontItem(GoogleFieldPath(.object, "ticketLeg", "departureDateTime"), dateFormat: "DATE_TIME"))
        }
        for (key, isThere) in [("platform", platform != nil), ("carriage", carriage != nil), ("zone", zone != nil)]
        where isThere {
            items.append(FrontItem(GoogleFieldPath(.object, "ticketLeg", key)))
        }
        items += seat.front
        if passenger != nil { items.append(FrontItem(GoogleFieldPath(.object, "passengerNames"))) }
        return items
    }

    /// What Apple's kind of journey is at Google.
    private var transitType: String {
        switch content.pass[ContentStyle.boardingPass.rawValue]?["transitType"]?.stringValue {
        case "PKTransitTypeTrain": "RAIL"
        case "PKTransitTypeBoat": "FERRY"
        case "PKTransitTypeBus": "BUS"
        default: "OTHER"
        }
    }

    private static func notes(_ content: PassContent, hasLeg: Bool) -> [MappingNote] {
        guard !hasLeg else { return [] }
        return [
            MappingNote(
                JSONPointer(tokens: ["pass"]),
                "Google's journey needs a date of departure or of expiry; without one, places and times stand as text."
                    + " Say it by the semantic tag originalDepartureDate, relevantDate or expirationDate.")
        ]
    }

    private static let originSlot = Slot(
        "departureStationName departureLocationDescription departureCityName",
        subjects: "origin from departurestation departurestop depart departure", at: .firstPrimary)
    private static let destinationSlot = Slot(
        "destinationStationName destinationLocationDescription destinationCityName",
        subjects: "destination to arrivalstation destinationstation arrive arrival", at: .secondPrimary)
    private static let departureSlot = Slot(
        "currentDepartureDate originalDepartureDate",
        subjects: "departure departuretime departuredate departs depart date", as: .date)
    private static let arrivalSlot = Slot(
        "currentArrivalDate originalArrivalDate", subjects: "arrival arrivaltime arrivaldate arrives", as: .date)
    private static let platformSlot = Slot(
        "departurePlatform departureGate", subjects: "platform track departureplatform gate pier")
    private static let carriageSlot = Slot(
        "vehicleNumber vehicleName", subjects: "train trainnumber line bus busnumber ferry ship vessel vehicle")
}
