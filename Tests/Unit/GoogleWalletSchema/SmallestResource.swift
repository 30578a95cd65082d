import GoogleWalletSchema
import JSON

/// The least that Google takes as a class or an object of each kind, written from its reference.
enum SmallestResource {
    static func of(_ kind: GoogleKind, _ level: GoogleLevel) -> JSONObject {
        switch level {
        case .class: merged(kind == .generic ? ["id": "3388.c"] : shared, classes[kind] ?? [:])
        case .object: merged(["id": "3388.o", "classId": "3388.c"], objects[kind] ?? [:])
        }
    }

    static func text(_ value: String) -> JSONValue {
        ["defaultValue": ["language": "en", "value": .string(value)]]
    }

    static let image: JSONValue = ["sourceUri": ["uri": "https://images.example/logo.png"]]

    private static let shared: JSONObject = [
        "id": "3388.c", "issuerName": "Acme", "reviewStatus": "UNDER_REVIEW",
    ]

    private static let classes: [GoogleKind: JSONObject] = [
        .offer: ["provider": "Acme", "title": "20 % off", "redemptionChannel": "BOTH"],
        .loyalty: ["programName": "Acme Club", "programLogo": image],
        .eventTicket: ["eventName": text("Concert")],
        .flight: [
            "localScheduledDepartureDateTime": "2027-03-05T06:30:00",
            "flightHeader": ["carrier": ["carrierIataCode": "LX"], "flightNumber": "123"],
            "origin": ["airportIataCode": "ZRH"], "destination": ["airportIataCode": "SFO"],
        ],
        .transit: ["logo": image, "transitType": "RAIL"],
    ]

    private static let objects: [GoogleKind: JSONObject] = [
        .generic: ["cardTitle": text("Acme"), "header": text("Membership")],
        .offer: ["state": "ACTIVE"],
        .loyalty: ["state": "ACTIVE"],
        .giftCard: ["state": "ACTIVE", "cardNumber": "1234"],
        .eventTicket: ["state": "ACTIVE"],
        .flight: [
            "state": "ACTIVE", "passengerName": "Ada Lovelace", "reservationInfo": ["confirmationCode": "AB12CD"],
        ],
        .transit: ["state": "ACTIVE", "tripType": "ONE_WAY"],
    ]

    private static func merged(_ first: JSONObject, _ second: JSONObject) -> JSONObject {
        var result = first
        for (key, value) in second { result[key] = value }
        return result
    }
}
