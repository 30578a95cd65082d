import Contracts
import GoogleWalletSchema
import JSON
import Testing

@testable import GoogleBridge

/// Contents over the whole vocabulary of pass.json, in the order of a seed.
struct RandomContent {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    /// A campaign's content, and the content of one of its passes.
    struct Pair {
        let campaign: GoogleClassRequest
        let pass: GoogleObjectRequest
        let serialNumber: SerialNumber
        var context: GoogleMappingContext
    }

    /// A pair that is mapped, as google-bridge does it: the class first, whose kind the object has.
    struct MappedPair {
        let pair: Pair
        let ofCampaign: GoogleMappedClass
        let ofPass: GoogleMappedClass
        let object: GoogleMappedObject

        /// The class that the object belongs to.
        var classOfObject: GoogleMappedClass { ofCampaign.hasVariants ? ofPass : ofCampaign }
    }

    mutating func mappedPair() throws -> MappedPair {
        var pair = try self.pair()
        let ofCampaign = GoogleMapping.classResource(of: pair.campaign, in: pair.context)
        pair.context.kind = ofCampaign.kind.passKind
        return MappedPair(
            pair: pair, ofCampaign: ofCampaign, ofPass: GoogleMapping.classResource(of: pair.pass, in: pair.context),
            object: GoogleMapping.objectResource(of: pair.pass, serialNumber: pair.serialNumber, in: pair.context))
    }

    mutating func pair() throws -> Pair {
        let pass = pass()
        var template = JSONValue.object(["pass": .object(pass)])
        var pointers: [String] = []
        for place in Self.strings(in: .object(pass), ["pass"]) where chance(30) {
            guard let changed = MappingFixture.setting(.string("{{voucher.x}}"), place[...], template) else { continue }
            template = changed
            pointers.append(JSONPointer(tokens: place).description)
        }
        let campaignID = try #require(CampaignID(rawValue: "campaign-\(number(1000))"))
        let localizations = localizations(of: pass)
        let images = try images()
        let configuration = try #require(WalletConfigurationID(rawValue: "acme"))
        let organization = chance(50) ? "Acme" : nil
        let campaign = GoogleClassRequest(
            walletConfigurationId: configuration, version: 1, name: "Campaign", organizationName: organization,
            pass: try #require(template["pass"]?.objectValue), localizations: localizations, tokenPointers: pointers,
            images: images)
        let object = GoogleObjectRequest(
            campaignId: campaignID, walletConfigurationId: configuration, campaignVersion: 1, version: 1,
            organizationName: organization, pass: pass, localizations: localizations, images: images,
            voided: chance(20))
        return Pair(
            campaign: campaign, pass: object,
            serialNumber: try #require(SerialNumber(rawValue: pick(["a", "b c", "d/e", "f_20", "~"]))),
            context: GoogleMappingContext(
                issuerID: try #require(GoogleIssuerID(rawValue: "3388000000012345678")), campaignID: campaignID,
                assetBaseURL: "https://passes.example", callbackURL: chance(50) ? "https://callbacks.example/g" : nil,
                defaultLanguage: pick(["en", "de"]), now: 1_800_000_000, campaignName: "Campaign",
                tokenPointers: pointers))
    }

    // MARK: - pass.json

    private mutating func pass() -> JSONObject {
        let style = pick(ContentStyle.allCases)
        var pass: JSONObject = ["description": .string(text())]
        var groups = JSONObject()
        let isAir = style == .boardingPass && chance(60)
        if style == .boardingPass {
            groups["transitType"] = .string(
                isAir
                    ? "PKTransitTypeAir"
                    : pick(["PKTransitTypeTrain", "PKTransitTypeBus", "PKTransitTypeBoat", "PKTransitTypeGeneric"]))
        }
        for group in ContentGroup.allCases where chance(80) {
            var fields: [JSONValue] = []
            for index in 0..<number(group.isOnFront ? 5 : 7) {
                fields.append(.object(field(group, index, isAir: isAir)))
            }
            groups[group.rawValue] = .array(fields)
        }
        if style == .storeCard, chance(40) {
            groups["headerFields"] = [["key": "balance", "label": "Balance", "value": 12.5, "currencyCode": "EUR"]]
            groups["backFields"] = [["key": "cardNumber", "value": .string(text())]]
        }
        pass[style.rawValue] = .object(groups)
        if chance(80) { pass["semantics"] = .object(semantics()) }
        addTopLevel(&pass)
        return pass
    }

    private mutating func addTopLevel(_ pass: inout JSONObject) {
        let texts = ["organizationName", "logoText", "groupingIdentifier"]
        for key in texts where chance(50) { pass[key] = .string(text()) }
        for key in ["backgroundColor", "foregroundColor", "labelColor"] where chance(50) {
            pass[key] = .string(pick(["rgb(1, 22, 255)", "#Abc", "#A1b2C3"]))
        }
        if chance(50) { pass["expirationDate"] = .string(date()) }
        if chance(40) { pass["relevantDate"] = .string(date()) }
        if chance(30) {
            pass["relevantDates"] = [
                ["startDate": .string(date()), "endDate": .string(date())], ["date": .string(date())],
            ]
        }
        for key in ["sharingProhibited", "voided", "suppressStripShine"] where chance(30) {
            pass[key] = .bool(chance(50))
        }
        if chance(60) { pass["barcodes"] = .array((0...number(2)).map { _ in barcode() }) }
        if chance(20) { pass["barcode"] = barcode() }
        if chance(40) {
            pass["locations"] = .array(
                (0...number(11)).map { index in
                    ["latitude": .number(JSONNumber(index * 7)), "longitude": -12.25, "relevantText": "x"]
                })
        }
        if chance(30) { pass["appLaunchURL"] = .string(pick(["https://app.example/x", "acme://open"])) }
        if chance(20) { pass["nfc"] = ["message": "tap", "encryptionPublicKey": "key"] }
        for key in ["beacons", "userInfo", "maxDistance", "newKeyOfApple"] where chance(10) { pass[key] = [] }
        for key in ["bagPolicyURL", "orderFoodURL", "upgradeURL"] where chance(20) { pass[key] = "https://x.example/y" }
        if chance(20) { pass["contactVenueEmail"] = "a@b.example" }
        if chance(20) { pass["contactVenuePhoneNumber"] = "+41 44 123 45 67" }
    }

    private mutating func field(_ group: ContentGroup, _ index: Int, isAir: Bool) -> JSONObject {
        let subject = pick(Self.subjects)
        let key = chance(80) ? subject : text()
        var field: JSONObject = ["key": .string(key + "-\(group.rawValue.prefix(3))\(index)")]
        if chance(50) { field["key"] = .string(key) }
        if chance(80) { field["label"] = .string(text()) }
        if isAir, group == .primaryFields, index < 2 {
            field["value"] = .string(pick(["ZRH", "SFO", "LHR"]))
            return field
        }
        switch number(6) {
        case 0:
            field["value"] = .string(date())
            field["dateStyle"] = .string(
                pick(["PKDateStyleShort", "PKDateStyleMedium", "PKDateStyleLong", "PKDateStyleFull"]))
            if chance(50) { field["timeStyle"] = .string("PKDateStyleShort") }
        case 1:
            field["value"] = amount(["10", "2.50", "-3", "1e6", "0.125"])
            field["currencyCode"] = .string(pick(["EUR", "USD", "JPY", "CHF", "KWD"]))
        case 2:
            field["value"] = amount(["0", "7", "12345", "0.5", "9999999999"])
            if chance(50) {
                field["numberStyle"] = .string(
                    pick(["PKNumberStylePercent", "PKNumberStyleDecimal", "PKNumberStyleSpellOut"]))
            }
        default:
            field["value"] = .string(value(for: subject))
        }
        addExtras(to: &field, group)
        return field
    }

    private mutating func addExtras(to field: inout JSONObject, _ group: ContentGroup) {
        if chance(30) { field["changeMessage"] = "Now %@" }
        if group.isTouchable, chance(40) {
            field["attributedValue"] = .string(
                pick([
                    "<a href='https://x.example/a'>Here</a>", "See <a href=\"mailto:a@b.example\">us</a> &amp; more",
                    "<b>x",
                ]))
        }
        if chance(10) { field["semantics"] = .object(semantics()) }
        if chance(10) { field["isRelative"] = true }
    }

    /// A value that Google's field of the subject can hold.
    private mutating func value(for subject: String) -> String {
        if Self.airportSubjects.contains(subject) { return pick(["ZRH", "SFO"]) }
        if subject.hasPrefix("flight") { return pick(["LX 38", "EZY8431", "U2123"]) }
        return pick([text(), text(), "https://x.example/z", "a@b.example", "+41 44 123 45 67"])
    }

    private mutating func semantics() -> JSONObject {
        var tags = JSONObject()
        for key in Self.textTags where chance(25) { tags[key] = .string(text()) }
        for key in [
            "originalDepartureDate", "currentDepartureDate", "originalArrivalDate", "currentBoardingDate",
            "eventStartDate", "eventEndDate", "venueDoorsOpenDate",
        ]
        where chance(25) { tags[key] = .string(date()) }
        for key in ["departureAirportCode", "destinationAirportCode"] where chance(50) {
            tags[key] = .string(pick(["ZRH", "SFO"]))
        }
        if chance(40) { tags["airlineCode"] = .string(pick(["LX", "EZY"])) }
        if chance(40) { tags["flightNumber"] = 38 }
        if chance(30) { tags["passengerName"] = ["givenName": .string(text()), "familyName": .string(text())] }
        if chance(30) { tags["balance"] = ["amount": "12.34", "currencyCode": "EUR"] }
        if chance(30) { tags["totalPrice"] = ["amount": "99", "currencyCode": "EUR"] }
        if chance(30) {
            tags["seats"] = .array(
                (0...number(2)).map { _ in
                    var seat: JSONObject = [:]
                    for key in ["seatSection", "seatRow", "seatNumber", "seatType", "seatDescription"] where chance(60)
                    {
                        seat[key] = .string(text())
                    }
                    return .object(seat)
                })
        }
        return tags
    }

    private mutating func barcode() -> JSONValue {
        let format = pick(["QR", "PDF417", "Aztec", "Code128", "Code39", "EAN13", "I2of5", "Unknown"])
        return [
            "format": .string("PKBarcodeFormat" + format), "message": .string(text()),
            "messageEncoding": .string(pick(["iso-8859-1", "utf-8"])), "altText": .string(text()),
        ]
    }

    // MARK: - The rest

    private mutating func localizations(of pass: JSONObject) -> [String: [String: String]] {
        var result: [String: [String: String]] = [:]
        for folder in ["de", "en", "fr", "pt_BR", "zh-Hans", "Base", "nonsense"] where chance(40) {
            var texts: [String: String] = [:]
            for text in Self.texts where chance(40) { texts[text] = text + " (\(folder))" }
            result[folder] = texts
        }
        return result
    }

    private mutating func images() throws -> [GoogleImage] {
        let hash = try #require(ContentHash(rawValue: String(repeating: "ab", count: 32)))
        var images: [GoogleImage] = []
        for role in ImageRole.allCases where role == .logo || chance(50) {
            for scale in 1...3 where scale == 1 || chance(30) {
                let file = try #require(ImageFile(role: role, scale: scale))
                images.append(
                    GoogleImage(file: file, sha256: hash, width: 50 * scale * (1 + number(4)), height: 50 * scale))
            }
        }
        if chance(30) {
            let file = try #require(ImageFile(role: .logo, scale: 1, language: "de"))
            images.append(GoogleImage(file: file, sha256: hash, width: 10, height: 10))
        }
        return images
    }

    private mutating func date() -> String {
        pick([
            "2027-03-05T06:30:00+01:00", "2027-03-05T06:30Z", "2026-12-31T23:59:59-08:00", "2028-02-29T00:00:00+05:30",
            "2027-09-09T09:09:09Z",
        ])
    }

    private mutating func amount(_ texts: [String]) -> JSONValue {
        JSONNumber(text: pick(texts)).map(JSONValue.number) ?? .null
    }

    private mutating func text() -> String { pick(Self.texts) }

    private mutating func chance(_ percent: Int) -> Bool { number(100) < percent }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(elements.count)] }

    /// A number below a limit (SplitMix64).
    private mutating func number(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(limit))
    }

    /// The places of all texts that an author could write tokens in; keys of fields are not among them.
    private static func strings(in value: JSONValue, _ path: [String]) -> [[String]] {
        switch value {
        case .object(let object):
            object.flatMap { key, value in
                fixed.contains(key) ? [] : strings(in: value, path + [key])
            }
        case .array(let elements):
            elements.enumerated().flatMap { strings(in: $0.element, path + [String($0.offset)]) }
        case .string, .number: [path]
        case .null, .bool: []
        }
    }

    /// What can't be a token: the structure, and the texts that choose among words of Apple's.
    private static let fixed: Set<String> = [
        "key", "format", "messageEncoding", "transitType", "dateStyle", "timeStyle", "numberStyle", "currencyCode",
        "latitude", "longitude", "changeMessage",
    ]

    private static let texts = [
        "A", "Gold", "Zürich", "two words", "x_20y", "日本", "a.b", "1234", "O'Neil & Co <b>", "Points",
    ]

    private static let airportSubjects = [
        "origin", "from", "departureairport", "departureairportcode", "depart", "orig", "departure", "destination",
        "to",
        "arrivalairport", "destinationairport", "destinationairportcode", "dest", "arrival",
    ]

    private static let subjects =
        airportSubjects + [
            "flight", "flightnumber", "gate", "terminal", "seat", "group", "zone", "sequence", "pnr", "passenger",
            "name",
            "class", "frequentflyer", "ticketnumber", "boarding", "date", "event", "venue", "address", "section", "row",
            "holder", "type", "price", "order", "doors", "start", "end", "terms", "details", "offer", "points",
            "balance",
            "tier", "memberId", "card number", "pin", "asOf", "platform", "train", "coach", "fare", "direction", "a.b",
            "note", "info", "x y",
        ]

    private static let textTags = [
        "eventName", "venueName", "venueEntranceGate", "attendeeName", "admissionLevel", "confirmationNumber",
        "departureGate", "departureTerminal", "destinationGate", "departureAirportName", "boardingGroup",
        "boardingZone",
        "boardingSequenceNumber", "ticketFareClass", "membershipProgramName", "membershipProgramNumber",
        "membershipProgramStatus", "departureStationName", "destinationStationName", "departurePlatform",
        "vehicleNumber",
        "carNumber", "transitProvider", "departureAirportTimeZone", "genre", "priorityStatus",
    ]
}
