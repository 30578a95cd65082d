import GoogleWalletSchema
import JSON

/// A ticket: the event is shared by its passes, seat and holder are each pass's own.
struct EventTicketMapping: KindMapping {
    static let kind = GoogleKind.eventTicket

    let content: PassContent
    let eventName: Found?
    let venueName: Found?
    let venueAddress: Found?
    let start: PassContent.SourcedDate?
    let end: PassContent.SourcedDate?
    /// The fields that show when it starts and ends.
    let dateFields: Set<Int>
    let doorsOpen: Found?
    let finePrint: Found?
    let seat: EventSeatChoice
    let holder: Found?
    let ticketType: Found?
    let ticketNumber: Found?
    let confirmation: Found?
    let faceValue: Found?
    let usedFields: Set<Int>
    let knownTags: Set<String>
    let notes: [MappingNote]

    init(_ content: PassContent) {
        self.content = content
        var filling = SlotFilling(content)
        venueName = Self.hasVenue(content) ? filling.fill(Self.venueNameSlot) : nil
        venueAddress = venueName == nil ? nil : filling.fill(Self.venueAddressSlot)
        seat = EventSeatChoice(content, &filling)
        holder = filling.fill(Slot("attendeeName", subjects: "holder attendee attendeename ticketholder guest name"))
        ticketType = filling.fill(
            Slot("admissionLevel", subjects: "type tickettype admission admissionlevel category tickettier"))
        ticketNumber = filling.fill(Slot(subjects: "ticketnumber ticketno ticketid ticket"))
        confirmation = filling.fill(
            Slot(
                "confirmationNumber",
                subjects: "confirmation confirmationnumber confirmationcode order ordernumber orderid booking"
                    + " bookingnumber bookingcode reservation reservationnumber"))
        faceValue = filling.fill(Slot("totalPrice", subjects: "price facevalue ticketprice total", as: .money))
        doorsOpen = filling.fill(
            Slot(
                "venueDoorsOpenDate venueGatesOpenDate venueOpenDate", subjects: "doors doorsopen gatesopen", as: .date)
        )
        let before = filling.used
        (start, end) = Self.dates(content, &filling)
        dateFields = filling.used.subtracting(before)
        finePrint = filling.fill(
            Slot(subjects: "terms termsandconditions conditions fineprint legal disclaimer", as: .text))
        eventName = filling.fill(
            Slot("eventName", subjects: "event eventname eventtitle show title", at: .firstPrimary))
        usedFields = filling.used
        knownTags = filling.tags.union(["eventStartDateInfo", "seats"])
        notes = Self.notes(content, hasVenue: venueName != nil)
    }

    var showsRelevantDate: Bool { start != nil }

    var sharedFields: Set<Int> {
        Set(eventName, venueName, venueAddress, doorsOpen, finePrint).union(dateFields)
    }
    var announcedFields: Set<Int> {
        Set(eventName, venueName, venueAddress, doorsOpen).union(dateFields).union(seat.fields)
    }

    func writeClass(_ draft: inout ResourceDraft) {
        if let eventName, !content.text(eventName).isEmpty {
            draft.setLocalized(eventName, at: "eventName", in: content)
        } else {
            draft.note(["eventName"], from: eventName?.source)
            let title = content.title(canVary: true)
            draft.set(title.text, at: "eventName", from: title.source, in: content)
        }
        draft.setLocalized(venueName, at: "venue", "name", in: content)
        draft.setLocalized(venueAddress, at: "venue", "address", in: content)
        if let doorsOpen, let date = content.date(doorsOpen) {
            draft.set(.string(date.text), at: "dateTime", "doorsOpen", from: date.source)
        }
        if let start { draft.set(.string(start.text), at: "dateTime", "start", from: start.source) }
        if let end {
            draft.note(["dateTime", "end"], from: end.source)
            if !isBackwards { draft.set(.string(end.text), at: "dateTime", "end") }
        }
        draft.setLocalized(finePrint, at: "finePrint", in: content)
        seat.writeLabels(&draft, content)
        let label = content.ownLabel(of: confirmation, unlike: "confirmation code")
        draft.setLabel(label, at: "customConfirmationCodeLabel", in: content)
    }

    func writeObject(_ draft: inout ResourceDraft) {
        seat.write(&draft, content)
        draft.setText(holder, at: "ticketHolderName", in: content)
        draft.setLocalized(ticketType, at: "ticketType", in: content)
        draft.setText(ticketNumber, at: "ticketNumber", in: content)
        draft.setText(confirmation, at: "reservationInfo", "confirmationCode", in: content)
        draft.setMoney(faceValue, at: "faceValue", in: content)
    }

    var front: [FrontItem] {
        var items: [FrontItem] = []
        if start != nil {
            items.append(FrontItem(GoogleFieldPath(.class, "dateTime", "start"), dateFormat: "DATE_TIME"))
        }
        items += seat.front
        if ticketType != nil { items.append(FrontItem(GoogleFieldPath(.object, "ticketType"))) }
        if holder != nil { items.append(FrontItem(GoogleFieldPath(.object, "ticketHolderName"))) }
        return items
    }

    /// Google refuses half a venue.
    private static func hasVenue(_ content: PassContent) -> Bool {
        var filling = SlotFilling(content)
        return filling.fill(venueNameSlot) != nil && filling.fill(venueAddressSlot) != nil
    }

    /// An end before the start is a slip that Google would refuse.
    private var isBackwards: Bool {
        guard let first = start?.date?.instant, let last = end?.date?.instant else { return false }
        return last < first
    }

    /// When the event starts and ends; never an end alone.
    private static func dates(
        _ content: PassContent, _ filling: inout SlotFilling
    ) -> (start: PassContent.SourcedDate?, end: PassContent.SourcedDate?) {
        let relevant = content.relevantDates.first
        let start =
            filling.fill(startSlot).flatMap { content.date($0) }
            ?? content.date(content.semantic("eventStartDateInfo")?.value["date"], startInfo(content))
            ?? relevant?.start
        let end =
            filling.fill(Slot("eventEndDate", subjects: "end ends endtime enddate", as: .date))
            .flatMap { content.date($0) } ?? relevant?.end
        return (start, start == nil ? nil : end)
    }

    private static func startInfo(_ content: PassContent) -> JSONPointer {
        (content.semantic("eventStartDateInfo")?.source ?? .root).appending("date")
    }

    private static func notes(_ content: PassContent, hasVenue: Bool) -> [MappingNote] {
        guard !hasVenue, let name = content.semantic("venueName") else { return [] }
        return [
            MappingNote(
                name.source,
                "Google has a venue with its name and address or not at all; say the address, by a field with the key"
                    + " 'address' or the semantic tag venueRegionName.")
        ]
    }

    private static let startSlot = Slot(
        "eventStartDate",
        subjects: "start starts starttime startdate date eventdate eventtime datetime time when begins",
        as: .date)
    private static let venueNameSlot = Slot(
        "venueName", subjects: "venue venuename location place stadium theater hall")
    private static let venueAddressSlot = Slot(
        subjects: "address venueaddress locationaddress")
}
