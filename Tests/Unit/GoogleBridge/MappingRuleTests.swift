import Contracts
import GoogleWalletSchema
import JSON
import Testing

@testable import GoogleBridge

/// Single rules of the mapping, each on a small content.
@Suite struct MappingRuleTests {
    @Test(
        arguments: [
            (#"{"generic":{}}"#, GoogleKind.generic), (#"{"coupon":{}}"#, .offer),
            (#"{"eventTicket":{}}"#, .eventTicket),
            (#"{"storeCard":{}}"#, .loyalty), (#"{"boardingPass":{"transitType":"PKTransitTypeBoat"}}"#, .transit),
            (
                #"{"storeCard":{"primaryFields":[{"key":"balance","value":1,"currencyCode":"EUR"}]}}"#, .loyalty
            ),
            (
                #"{"storeCard":{"primaryFields":[{"key":"balance","value":1,"currencyCode":"EUR"}],"backFields":[{"key":"cardNumber","value":"1"}]}}"#,
                .giftCard
            ),
            (
                #"{"semantics":{"balance":{"amount":"1","currencyCode":"EUR"}},"storeCard":{"backFields":[{"key":"card number","value":"1"}]}}"#,
                .giftCard
            ),
            (#"{"boardingPass":{"transitType":"PKTransitTypeAir"}}"#, .generic),
        ] as [(String, GoogleKind)])
    func impliesAKind(pass: String, kind: GoogleKind) throws {
        #expect(try SmallContent(pass).mappedClass().kind == kind)
    }

    @Test func saysWhatAFlightLacks() throws {
        let mapped = try SmallContent(#"{"boardingPass":{"transitType":"PKTransitTypeAir"}}"#).mappedClass()
        let warning = try #require(mapped.warnings.first)
        #expect(warning.hasPrefix("/pass/boardingPass: "))
        for part in ["IATA", "airline", "date of departure", "name", "confirmation"] {
            #expect(warning.contains(part), "\(warning)")
        }
        #expect(mapped.faults == [])
    }

    @Test func takesTheGivenKindAndSaysWhatItLacks() throws {
        let content = try SmallContent(#"{"storeCard":{}}"#, google: #"{"kind":"giftCard"}"#)
        #expect(try content.mappedClass().kind == .giftCard)
        #expect(try content.mappedObject().faults.map(\.pointer.description) == ["/pass"])
        #expect(try content.mappedObject().faults.first?.remedy.contains("cardNumber") == true)
    }

    @Test(arguments: [
        (#"{"storeCard":{}}"#, false, "ACTIVE"), (#"{"storeCard":{}}"#, true, "INACTIVE"),
        (#"{"storeCard":{},"voided":true}"#, false, "INACTIVE"),
        (#"{"storeCard":{},"expirationDate":"2027-01-15T08:00:00Z"}"#, false, "EXPIRED"),
        (#"{"storeCard":{},"expirationDate":"2027-01-15T08:00:01Z"}"#, false, "ACTIVE"),
        (#"{"storeCard":{},"expirationDate":"2027-01-15T08:00:00Z"}"#, true, "INACTIVE"),
    ])
    func hasAState(pass: String, isVoided: Bool, state: String) throws {
        // 1800000000 is 2027-01-15T08:00:00Z.
        let object = try SmallContent(pass, isVoided: isVoided).mappedObject(now: 1_800_000_000)
        #expect(object.resource["state"]?.stringValue == state)
    }

    @Test(
        arguments: [
            (#"{"relevantDate":"2027-01-01T00:00:00Z"}"#, "2027-01-01T00:00:00Z", nil),
            (
                #"{"relevantDates":[{"startDate":"2027-01-01T00:00:00Z","endDate":"2027-01-01T02:00:00Z"}]}"#,
                "2027-01-01T00:00:00Z", nil
            ),
            (#"{"expirationDate":"2027-01-01T00:00Z"}"#, nil, "2027-01-01T00:00:00Z"),
            (
                #"{"relevantDate":"2027-02-01T00:00:00Z","expirationDate":"2027-01-01T00:00:00Z"}"#, nil,
                "2027-01-01T00:00:00Z"
            ),
        ] as [(String, String?, String?)])
    func hasAnInterval(pass: String, start: String?, end: String?) throws {
        let object = try SmallContent(#"{"generic":{}}"#, merged: pass).mappedObject()
        #expect(object.resource["validTimeInterval"]?["start"]?["date"]?.stringValue == start)
        #expect(object.resource["validTimeInterval"]?["end"]?["date"]?.stringValue == end)
    }

    @Test(
        arguments: [
            // Where the colour stands, by the kind and by whether it differs between passes.
            ("generic", false, "object"), ("coupon", false, "class"), ("storeCard", false, "class"),
            ("eventTicket", false, "class"), ("eventTicket", true, "object"), ("coupon", true, nil),
            ("generic", true, "object"),
        ] as [(String, Bool, String?)])
    func hasAColour(style: String, varies: Bool, place: String?) throws {
        let pass = #"{"\#(style)":{},"backgroundColor":"rgb(255, 0, 10)"}"#
        let content = try SmallContent(pass, tokens: varies ? ["/pass/backgroundColor"] : [])
        let onClass = try content.mappedClass(ofPass: true).resource["hexBackgroundColor"]?.stringValue
        let onObject = try content.mappedObject().resource["hexBackgroundColor"]?.stringValue
        #expect(onClass == (place == "class" ? "#ff000a" : nil))
        #expect(onObject == (place == "object" ? "#ff000a" : nil))
        let isReported = try content.mappedClass().warnings.contains { $0.hasPrefix("/pass/backgroundColor") }
        #expect(isReported == (place == nil))
    }

    @Test(
        arguments: [
            ("PKBarcodeFormatCode39", "A", "CODE_39"), ("PKBarcodeFormatCodabar", "1", "CODABAR"),
            ("PKBarcodeFormatEAN13", "123456789012", "EAN_13"), ("PKBarcodeFormatI2of5", "12345678901231", "ITF_14"),
            ("PKBarcodeFormatI2of5", "1234", nil), ("PKBarcodeFormatNew", "1", nil),
        ] as [(String, String, String?)])
    func drawsABarcode(format: String, message: String, type: String?) throws {
        let pass = #"{"generic":{},"barcodes":[{"format":"\#(format)","message":"\#(message)"}]}"#
        let content = try SmallContent(pass)
        #expect(try content.mappedObject().resource["barcode"]?["type"]?.stringValue == type)
        #expect(try content.mappedClass().warnings.contains { $0.hasPrefix("/pass/barcodes/0") } == (type == nil))
    }

    @Test(arguments: [
        // A number in the narrowest form that holds it.
        ("12", #"{"int":12}"#), ("12.0", #"{"int":12}"#), ("12.5", #"{"double":12.5}"#),
        ("99999999999", #"{"double":99999999999}"#), ("1234567890123456789", #"{"string":"1234567890123456789"}"#),
        (#""5 stars""#, #"{"string":"5 stars"}"#),
    ])
    func countsPoints(value: String, balance: String) throws {
        let pass = #"{"storeCard":{"primaryFields":[{"key":"points","value":\#(value)}]}}"#
        let object = try SmallContent(pass).mappedObject()
        #expect(object.resource["loyaltyPoints"]?["balance"] == (try JSON.parse(balance)))
        #expect(object.faults == [])
    }

    @Test func refusesMoneyThatGoogleCannotCount() throws {
        let pass =
            #"{"storeCard":{"headerFields":[{"key":"balance","value":0.1234567,"currencyCode":"EUR"}],"backFields":[{"key":"cardNumber","value":"1"}]}}"#
        let faults = try SmallContent(pass).mappedObject().faults
        #expect(faults.map(\.pointer.description) == ["/pass/storeCard/headerFields/0/value"])
    }

    @Test func usesTheDescriptionWhereTheTitleDiffers() throws {
        let pass =
            #"{"coupon":{"primaryFields":[{"key":"offer","label":"Value","value":"{{voucher.value}} off"}]},"description":"Voucher"}"#
        let content = try SmallContent(pass, tokens: ["/pass/coupon/primaryFields/0/value"])
        let mapped = try content.mappedClass()
        #expect(mapped.resource["title"]?.stringValue == "Voucher")
        #expect(mapped.warnings.contains { $0.hasPrefix("/pass/coupon/primaryFields/0/value: ") })
        #expect(fieldPaths(in: .object(mapped.resource)) == ["object.textModulesData['offer']"])
        #expect(try content.mappedObject().resource["textModulesData"]?[0]?["id"]?.stringValue == "offer")
    }

    @Test func usesTheConfigurationsNameWhereTheOrganisationDiffers() throws {
        let pass = #"{"coupon":{},"organizationName":"{{voucher.shop}}"}"#
        let content = try SmallContent(pass, tokens: ["/pass/organizationName"], organization: "Acme Ltd")
        #expect(try content.mappedClass().resource["issuerName"]?.stringValue == "Acme Ltd")
    }

    @Test func leavesAVenueOutThatHasNoAddress() throws {
        let half = try SmallContent(#"{"eventTicket":{},"semantics":{"venueName":"Hall"}}"#).mappedClass()
        #expect(half.resource["venue"] == nil)
        #expect(half.warnings.contains { $0.hasPrefix("/pass/semantics/venueName") })
        let pass =
            #"{"eventTicket":{"backFields":[{"key":"address","value":"1 Main St"}]},"semantics":{"venueName":"Hall"}}"#
        let whole = try SmallContent(pass).mappedClass()
        #expect(whole.resource["venue"]?["address"]?["defaultValue"]?["value"]?.stringValue == "1 Main St")
    }

    @Test func leavesAJourneyOutThatHasNoDate() throws {
        let pass =
            #"{"boardingPass":{"transitType":"PKTransitTypeBus","primaryFields":[{"key":"from","value":"A"},{"key":"to","value":"B"}]}}"#
        let content = try SmallContent(pass)
        #expect(try content.mappedObject().resource["ticketLeg"] == nil)
        #expect(try content.mappedObject().resource["textModulesData"]?.arrayValue?.count == 2)
        #expect(try content.mappedClass().warnings.contains { $0.hasPrefix("/pass: Google's journey") })
    }

    @Test func writesThePlannedAndThePresentTimeOfAFlight() throws {
        var fixture = try MappingFixture(.flight)
        fixture.addSemantics([
            "originalDepartureDate": "2027-03-05T06:30:00+01:00", "currentDepartureDate": "2027-03-05T07:45:00+01:00",
            "originalArrivalDate": "2027-03-05T10:00:00-08:00", "currentArrivalDate": "2027-03-05T10:00:00-08:00",
        ])
        let resource = GoogleMapping.classResource(of: fixture.pass, in: fixture.context).resource
        #expect(resource["localScheduledDepartureDateTime"] == "2027-03-05T06:30:00")
        #expect(resource["localEstimatedOrActualDepartureDateTime"] == "2027-03-05T07:45:00")
        #expect(resource["localScheduledArrivalDateTime"] == "2027-03-05T10:00:00")
        #expect(resource["localEstimatedOrActualArrivalDateTime"] == nil)
    }

    @Test func leavesPlacesOutWhereGoogleDoesNotAllowThem() throws {
        let content = try SmallContent(#"{"coupon":{},"locations":[{"latitude":1,"longitude":2}]}"#)
        #expect(try content.mappedClass().resource["merchantLocations"]?.arrayValue?.count == 1)
        let without = try content.mappedClass(allowsLocations: false)
        #expect(without.resource["merchantLocations"] == nil)
        #expect(without.warnings.contains { $0.hasPrefix("/pass/locations") })
    }

    @Test func sendsReadersWhatAPartnerSays() throws {
        let pass = #"{"storeCard":{},"nfc":{"message":"tap","encryptionPublicKey":"k"}}"#
        #expect(try SmallContent(pass).mappedObject().resource["smartTapRedemptionValue"] == nil)
        #expect(try SmallContent(pass).mappedClass().warnings.contains { $0.hasPrefix("/pass/nfc") })
        let google = #"{"class":{"enableSmartTap":true,"redemptionIssuers":["3388"]}}"#
        let partner = try SmallContent(pass, google: google)
        #expect(try partner.mappedObject().resource["smartTapRedemptionValue"]?.stringValue == "tap")
    }

    @Test func showsAnEmptyFieldAsADash() throws {
        let pass = #"{"generic":{"secondaryFields":[{"key":"x","label":"X","value":""}]}}"#
        let object = try SmallContent(pass).mappedObject()
        #expect(object.resource["textModulesData"] == [["id": "x", "header": "X", "body": "–"]])
    }
}
