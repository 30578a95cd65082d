/// The semantic tags (Apple's SemanticTags; iOS 18 and 26 included), by the shape of their values.
enum SemanticKeys {
    static let table = KeyTable(
        "the semantic tags",
        [
            "eventType": .optional(.choice(eventTypes)),
            "eventStartDateInfo": .optional(.dictionary(eventDate)),
            "passengerName": .optional(.dictionary(personName)),
            "seats": .optional(.list(.dictionary(seat), atMost: nil)),
            "wifiAccess": .optional(.list(.dictionary(wifi), atMost: nil)),
            "airplay": .optional(.list(.anything, atMost: nil)),
        ],
        [
            ("balance totalPrice", .dictionary(amount)),
            ("departureLocation destinationLocation venueLocation", .dictionary(RelevanceKeys.location)),
            ("duration", .number(0 ... .greatestFiniteMagnitude)), ("flightNumber", .integer(0...99_999)),
            ("airlineCode", .advisedText(.airline)),
            ("departureAirportCode destinationAirportCode", .advisedText(.airport)),
            (timeZones, .advisedText(.timeZone)),
            ("internationalDocumentsAreVerified silenceRequested tailgatingAllowed", .boolean),
            (dates, .date), (texts, .text), (lists, .texts),
        ])

    private static let dates = """
        currentArrivalDate currentBoardingDate currentDepartureDate eventEndDate eventStartDate originalArrivalDate
        originalBoardingDate originalDepartureDate venueBoxOfficeOpenDate venueCloseDate venueDoorsOpenDate
        venueFanZoneOpenDate venueGatesOpenDate venueOpenDate venueParkingLotsOpenDate
        """

    private static let timeZones = """
        departureAirportTimeZone departureLocationTimeZone destinationAirportTimeZone destinationLocationTimeZone
        """

    private static let texts = """
        additionalTicketAttributes admissionLevel admissionLevelAbbreviation airlineLoungePlaceID attendeeName
        awayTeamAbbreviation awayTeamLocation awayTeamName boardingGroup boardingSequenceNumber boardingZone carNumber
        confirmationNumber departureAirportName departureCityName departureGate departureLocationDescription
        departurePlatform departureStationName departureTerminal destinationAirportName destinationCityName
        destinationGate destinationLocationDescription destinationPlatform destinationStationName destinationTerminal
        entranceDescription eventLiveMessage eventName flightCode genre homeTeamAbbreviation homeTeamLocation
        homeTeamName internationalDocumentsVerifiedDeclarationName leagueAbbreviation leagueName
        membershipProgramName membershipProgramNumber membershipProgramStatus priorityStatus securityScreening
        sportName ticketFareClass transitProvider transitStatus transitStatusReason vehicleName vehicleNumber
        vehicleType venueEntrance venueEntranceDoor venueEntranceGate venueEntrancePortal venueName
        venuePhoneNumber venuePlaceID venueRegionName venueRoom
        """

    private static let lists = """
        albumIDs artistIDs departureAirportSecurityPrograms departureLocationSecurityPrograms
        destinationAirportSecurityPrograms destinationLocationSecurityPrograms loungePlaceIDs passengerAirlineSSRs
        passengerCapabilities passengerEligibleSecurityPrograms passengerInformationSSRs passengerServiceSSRs
        performerNames playlistIDs
        """

    private static let eventTypes = [
        "Conference", "Convention", "Generic", "LivePerformance", "Movie", "SocialGathering", "Sports", "Workshop",
    ].map { "PKEventType" + $0 }

    private static let amount = KeyTable(
        "the amount", ["amount": .optional(.advisedText(.amount)), "currencyCode": .optional(.text(.currency))])

    private static let eventDate = KeyTable(
        "the event's date", ["date": .optional(.date), "timeZone": .optional(.advisedText(.timeZone))],
        [("ignoreTimeComponents unannounced undetermined", .boolean)])

    private static let personName = KeyTable(
        "the name", [:],
        [("familyName givenName middleName namePrefix nameSuffix nickname phoneticRepresentation", .text)])

    private static let seat = KeyTable(
        "the seat", ["seatSectionColor": .optional(.text(.colour))],
        [("seatAisle seatDescription seatIdentifier seatLevel seatNumber seatRow seatSection seatType", .text)])

    private static let wifi = KeyTable(
        "the network", ["ssid": .required(.text(.notEmpty)), "password": .required(.text)])
}
