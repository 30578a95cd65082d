import JSON

/// The seven kinds with the least that Google takes of each (google-wallet.md §1.5, of the discovery document).
enum SampleKind: String, CaseIterable, Sendable, CustomStringConvertible {
    case generic, offer, loyalty, eventTicket, flight, transit, giftCard

    var description: String { rawValue }

    static func text(_ value: String) -> JSONValue { ["defaultValue": ["language": "en", "value": .string(value)]] }
    static let image: JSONValue = ["sourceUri": ["uri": "https://images.example.com/logo.png"]]

    func classResource(_ suffix: String) -> JSONObject {
        var object: JSONObject = ["id": .string(WalletStage.id("class-\(suffix)"))]
        for (key, value) in classFields { object[key] = value }
        if self != .generic {
            object["issuerName"] = "Tests"
            object["reviewStatus"] = "UNDER_REVIEW"
        }
        return object
    }

    func objectResource(_ suffix: String) -> JSONObject {
        var object: JSONObject = [
            "id": .string(WalletStage.id("object-\(suffix)")), "classId": .string(WalletStage.id("class-\(suffix)")),
        ]
        for (key, value) in objectFields { object[key] = value }
        if self != .generic { object["state"] = "ACTIVE" }
        return object
    }

    private var classFields: JSONObject {
        switch self {
        case .generic, .giftCard: [:]
        case .offer: ["provider": "Tests", "title": "Ten off", "redemptionChannel": "BOTH"]
        case .loyalty: ["programName": "Club", "programLogo": Self.image]
        case .eventTicket: ["eventName": Self.text("Concert")]
        case .flight:
            [
                "localScheduledDepartureDateTime": "2027-03-05T06:30:00",
                "flightHeader": ["carrier": ["carrierIataCode": "LX"], "flightNumber": "123"],
                "origin": ["airportIataCode": "LAX"], "destination": ["airportIataCode": "SFO"],
            ]
        case .transit: ["logo": Self.image, "transitType": "RAIL"]
        }
    }

    private var objectFields: JSONObject {
        switch self {
        case .generic: ["cardTitle": Self.text("Tests"), "header": Self.text("Ada")]
        case .offer, .loyalty, .eventTicket: [:]
        case .flight: ["passengerName": "Ada Lovelace", "reservationInfo": ["confirmationCode": "ABC123"]]
        case .transit: ["tripType": "ONE_WAY"]
        case .giftCard: ["cardNumber": "1234"]
        }
    }

    /// What Google requires of the class, id aside: any of a group is enough.
    var requiredOfClass: [String] {
        let own: [String] =
            switch self {
            case .generic: []
            case .offer: ["provider", "title", "redemptionChannel"]
            case .loyalty: ["programName", "programLogo"]
            case .eventTicket: ["eventName"]
            case .flight: ["localScheduledDepartureDateTime", "flightHeader", "origin", "destination"]
            case .transit: ["logo", "transitType"]
            case .giftCard: []
            }
        return self == .generic ? own : own + ["issuerName", "reviewStatus"]
    }

    /// What Google requires of the object, id aside.
    var requiredOfObject: [String] {
        switch self {
        case .generic: ["classId", "cardTitle", "header"]
        case .offer, .loyalty, .eventTicket: ["classId", "state"]
        case .flight: ["classId", "state", "passengerName", "reservationInfo"]
        case .transit: ["classId", "state", "tripType"]
        case .giftCard: ["classId", "state", "cardNumber"]
        }
    }
}
