import GoogleWalletSchema
import JSON
import Testing

@Suite struct GoogleSchemaTests {
    @Test func holdsTheRevisionThatTheDesignNames() {
        #expect(GoogleSchema.revision == "20260806")
        #expect(GoogleSchema.typeNames.count == 89)
    }

    @Test(arguments: GoogleKind.allCases, GoogleLevel.allCases)
    func takesTheSmallestResource(kind: GoogleKind, level: GoogleLevel) {
        #expect(GoogleSchema.validate(SmallestResource.of(kind, level), kind, level, mode: .strict) == [])
    }

    @Test(arguments: GoogleKind.allCases, GoogleLevel.allCases)
    func missesEachRequiredField(kind: GoogleKind, level: GoogleLevel) {
        let whole = SmallestResource.of(kind, level)
        for key in whole.keys {
            var resource = whole
            resource[key] = nil
            let faults = GoogleSchema.validate(resource, kind, level, mode: .lenient)
            #expect(faults.map(\.pointer.description) == ["/" + key])
            #expect(faults.map(\.rule) == [.required])
        }
    }

    @Test(arguments: [GoogleKind.offer, .loyalty, .giftCard, .eventTicket, .flight, .transit])
    func takesALocalizedNameInPlaceOfTheName(kind: GoogleKind) {
        var resource = SmallestResource.of(kind, .class)
        resource["issuerName"] = nil
        resource["localizedIssuerName"] = SmallestResource.text("Acme")
        #expect(GoogleSchema.validate(resource, kind, .class, mode: .strict) == [])
    }

    @Test func ignoresUnknownPropertiesUnlessItIsStrict() {
        var resource = SmallestResource.of(.generic, .class)
        resource["reviewStatus"] = "UNDER_REVIEW"
        #expect(GoogleSchema.validate(resource, .generic, .class, mode: .lenient) == [])
        let faults = GoogleSchema.validate(resource, .generic, .class, mode: .strict)
        #expect(faults.map(\.pointer.description) == ["/reviewStatus"])
        #expect(faults.map(\.rule) == [.unknown])
    }

    @Test(arguments: [
        // Places and the rule that each value breaks, from Google's reference.
        ("offer", "class", "/redemptionChannel", "IN_STORE", SchemaFault.Rule.word),
        ("offer", "class", "/hexBackgroundColor", "red", .format),
        ("offer", "object", "/classId", "no-dot", .format),
        ("offer", "object", "/id", "3388.ä", .format),
        ("generic", "object", "/header", "text", .type),
        ("generic", "object", "/hasUsers", "yes", .type),
        ("generic", "object", "/textModulesData", "x", .type),
        ("flight", "class", "/localScheduledDepartureDateTime", "2027-03-05T06:30:00+01:00", .format),
        ("flight", "class", "/flightHeader/flightNumber", "LX123", .format),
        ("flight", "class", "/origin/airportIataCode", "ZURICH", .format),
        ("loyalty", "class", "/programLogo/sourceUri/uri", "logo.png", .format),
        ("eventTicket", "class", "/eventName/defaultValue/language", "", .required),
        ("eventTicket", "class", "/eventId", String(repeating: "x", count: 65), .maximum),
    ])
    func refusesAValue(kind: String, level: String, place: String, value: String, rule: SchemaFault.Rule) throws {
        let kind = try #require(GoogleKind(rawValue: kind))
        let level = try #require(GoogleLevel(rawValue: level))
        let tokens = try #require(JSONPointer(place)).tokens
        let patch = tokens.reversed().reduce(JSONValue.string(value)) { [$1: $0] }
        let patched = JSONValue.object(SmallestResource.of(kind, level)).mergePatched(with: patch)
        let faults = GoogleSchema.validate(try #require(patched.objectValue), kind, level, mode: .lenient)
        #expect(faults.map(\.pointer.description) == [place])
        #expect(faults.map(\.rule) == [rule])
    }

    @Test(arguments: [
        (#"{"imageModulesData":[{"mainImage":{}}]}"#, "/imageModulesData/0/mainImage/sourceUri"),
        (
            #"{"heroImage":{"sourceUri":{"uri":"https://x.example"},"privateImageId":"p"}}"#,
            "/heroImage/privateImageId"
        ),
        (#"{"venue":{"name":{"defaultValue":{"language":"en","value":"Hall"}}}}"#, "/venue/address"),
        (
            #"{"gateLabel":"GATE","customGateLabel":{"defaultValue":{"language":"en","value":"Door"}}}"#,
            "/customGateLabel"
        ),
        (
            #"{"classTemplateInfo":{"cardTemplateOverride":{"cardRowTemplateInfos":[{}]}}}"#,
            "/classTemplateInfo/cardTemplateOverride/cardRowTemplateInfos/0/oneItem"
        ),
        (
            #"{"classTemplateInfo":{"cardTemplateOverride":{"cardRowTemplateInfos":[{"oneItem":{"item":{"secondValue":{"fields":[{"fieldPath":"class.venue.name"}]}}}}]}}}"#,
            "/classTemplateInfo/cardTemplateOverride/cardRowTemplateInfos/0/oneItem/item/secondValue"
        ),
        (#"{"merchantLocations":[{"latitude":90.1,"longitude":0}]}"#, "/merchantLocations/0/latitude"),
        (#"{"merchantLocations":[{"latitude":0,"longitude":-180.5}]}"#, "/merchantLocations/0/longitude"),
        (#"{"callbackOptions":{"url":"http://plain.example/callback"}}"#, "/callbackOptions/url"),
    ])
    func refusesACombination(patch: String, place: String) throws {
        let patched = JSONValue.object(SmallestResource.of(.eventTicket, .class)).mergePatched(
            with: try JSON.parse(patch))
        let faults = GoogleSchema.validate(try #require(patched.objectValue), .eventTicket, .class, mode: .strict)
        #expect(faults.map(\.pointer.description) == [place])
    }

    @Test(arguments: [
        ("messages", 10), ("merchantLocations", 10), ("valueAddedModuleData", 15),
    ])
    func countsElements(key: String, maximum: Int) {
        let elements: [String: JSONValue] = [
            "messages": ["header": "h", "body": "b"], "merchantLocations": ["latitude": 1, "longitude": 2],
            "valueAddedModuleData": ["header": SmallestResource.text("h"), "uri": "https://x.example"],
        ]
        var resource = SmallestResource.of(.loyalty, .object)
        resource[key] = .array(Array(repeating: elements[key] ?? .null, count: maximum))
        #expect(GoogleSchema.validate(resource, .loyalty, .object, mode: .strict) == [])
        resource[key] = .array(Array(repeating: elements[key] ?? .null, count: maximum + 1))
        let faults = GoogleSchema.validate(resource, .loyalty, .object, mode: .strict)
        #expect(faults.map(\.pointer.description) == ["/" + key])
    }

    @Test func wantsOffsetsOnBothEndsOfAnInterval() {
        var resource = SmallestResource.of(.offer, .object)
        resource["validTimeInterval"] = [
            "start": ["date": "2027-01-01T00:00:00"], "end": ["date": "2027-02-01T00:00:00Z"],
        ]
        let faults = GoogleSchema.validate(resource, .offer, .object, mode: .strict)
        #expect(faults.map(\.pointer.description) == ["/validTimeInterval/end"])
    }

    @Test func wantsAPlaceAndATimeOfDepartureInALeg() {
        var resource = SmallestResource.of(.transit, .object)
        resource["ticketLeg"] = ["destinationName": SmallestResource.text("Bern")]
        let faults = GoogleSchema.validate(resource, .transit, .object, mode: .strict)
        #expect(
            Set(faults.map(\.pointer.description)) == [
                "/ticketLeg/destinationName", "/ticketLeg/originName", "/ticketLeg/departureDateTime",
            ])
        resource["ticketLeg"] = ["originStationCode": "BN", "destinationStationCode": "ZH"]
        resource["validTimeInterval"] = ["end": ["date": "2027-02-01T00:00:00Z"]]
        #expect(GoogleSchema.validate(resource, .transit, .object, mode: .strict) == [])
    }

    @Test(arguments: ["string", "int", "double", "money"])
    func wantsOneBalanceOfPoints(key: String) {
        let values: JSONObject = [
            "string": "500", "int": 500, "double": 5.5, "money": ["currencyCode": "EUR", "micros": "1000000"],
        ]
        var resource = SmallestResource.of(.loyalty, .object)
        resource["loyaltyPoints"] = ["balance": .object(JSONObject([key: values[key] ?? .null]))]
        #expect(GoogleSchema.validate(resource, .loyalty, .object, mode: .strict) == [])
        resource["loyaltyPoints"] = ["balance": .object(values)]
        #expect(GoogleSchema.validate(resource, .loyalty, .object, mode: .strict).map(\.rule) == [.combination])
        resource["loyaltyPoints"] = ["label": "Points"]
        #expect(GoogleSchema.validate(resource, .loyalty, .object, mode: .strict).map(\.rule) == [.required])
    }

    @Test func validatesAValueOfAnyType() throws {
        let message = try #require(GoogleSchema.type(named: "Message"))
        #expect(
            GoogleSchema.validate(["header": "h", "messageType": "TEXT_AND_NOTIFY"], as: message, mode: .strict) == [])
        #expect(GoogleSchema.validate([], as: message, mode: .strict).map(\.rule) == [.type])
    }

    @Test func takesNullAsAbsence() {
        var resource = SmallestResource.of(.offer, .object)
        resource["barcode"] = .null
        #expect(GoogleSchema.validate(resource, .offer, .object, mode: .strict) == [])
        resource["state"] = .null
        #expect(GoogleSchema.validate(resource, .offer, .object, mode: .strict).map(\.rule) == [.required])
    }

    @Test func knowsWhatIsRecommended() {
        #expect(GoogleSchema.type(.offer, .class).recommended["title"] == 60)
        #expect(GoogleSchema.type(.offer, .class).recommended["provider"] == 12)
        #expect(GoogleSchema.type(named: "LoyaltyPoints")?.recommended["label"] == 9)
        #expect(GoogleSchema.type(named: "AppLinkData")?.recommended["displayText"] == 30)
    }
}
