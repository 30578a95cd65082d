import JSON
import Testing

@testable import PassIssuer

@Suite struct PassRulesTests {
    @Test(
        "checks barcodes",
        arguments: [
            (#"{"message":"x","messageEncoding":"utf-8"}"#, "/format"),
            (#"{"format":"PKBarcodeFormatITF","message":"x","messageEncoding":"utf-8"}"#, "/format"),
            (#"{"format":"PKBarcodeFormatQR","messageEncoding":"utf-8"}"#, "/message"),
            (#"{"format":"PKBarcodeFormatQR","message":"","messageEncoding":"utf-8"}"#, "/message"),
            (#"{"format":"PKBarcodeFormatQR","message":12,"messageEncoding":"utf-8"}"#, "/message"),
            (#"{"format":"PKBarcodeFormatQR","message":"x"}"#, "/messageEncoding"),
            (#"{"format":"PKBarcodeFormatQR","message":"Łódź","messageEncoding":"iso-8859-1"}"#, "/message"),
            (#"{"format":"PKBarcodeFormatQR","message":"5 €","messageEncoding":"ISO-8859-1"}"#, "/message"),
            (#"{"format":"PKBarcodeFormatQR","message":"ü","messageEncoding":"us-ascii"}"#, "/message"),
            (#"{"format":"PKBarcodeFormatQR","message":"¤","messageEncoding":"iso-8859-15"}"#, "/message"),
            (#"{"format":"PKBarcodeFormatQR","message":"x","messageEncoding":"utf-8","altText":5}"#, "/altText"),
        ])
    func badBarcodes(barcode: String, place: String) throws {
        try ValidationCase(#"{"barcodes":[\#(barcode)]}"#, "/pass/barcodes/0" + place).expectErrors(.storeCard)
        try ValidationCase(#"{"barcode":\#(barcode),"barcodes":[]}"#, "/pass/barcode" + place).expectErrors(.storeCard)
    }

    @Test(
        "accepts barcodes that phones draw",
        arguments: [
            #"{"format":"PKBarcodeFormatQR","message":"ü","messageEncoding":"iso-8859-1","altText":"u"}"#,
            #"{"format":"PKBarcodeFormatPDF417","message":"Łódź","messageEncoding":"UTF-8"}"#,
            #"{"format":"PKBarcodeFormatAztec","message":"5 €","messageEncoding":"iso-8859-15"}"#,
            #"{"format":"PKBarcodeFormatAztec","message":"5 €","messageEncoding":"windows-1252"}"#,
            #"{"format":"PKBarcodeFormatCode128","message":"ABC-123","messageEncoding":"us-ascii"}"#,
            #"{"format":"PKBarcodeFormatQR","message":"日本","messageEncoding":"utf-16"}"#,
        ])
    func goodBarcodes(barcode: String) throws {
        try ValidationCase(#"{"barcodes":[\#(barcode)]}"#).expectWarnings(.storeCard)
    }

    @Test(
        "tells from which release on the newer barcodes are drawn",
        arguments: [
            ("Code39", "ABC 1"), ("Codabar", "A123B"), ("EAN13", "4006381333931"), ("EAN13", "400638133393"),
            ("I2of5", "1234"),
        ])
    func newBarcodes(format: String, message: String) throws {
        let testCase = ValidationCase(
            #"{"barcodes":[{"format":"PKBarcodeFormat\#(format)","message":"\#(message)","messageEncoding":"utf-8"}]}"#,
            "/pass/barcodes/0/format")
        try testCase.expectWarnings(.storeCard)
        #expect(try testCase.faults(.storeCard).map(\.requiresIOS) == [27])
    }

    @Test(
        "warns of messages that a symbology can't carry",
        arguments: [
            ("Code128", "ü"), ("Code39", "abc"), ("Codabar", "12E4"), ("EAN13", "4006381333930"), ("EAN13", "123"),
            ("I2of5", "123"), ("I2of5", "12a4"),
        ])
    func symbologies(format: String, message: String) throws {
        let faults = try ValidationCase(
            #"{"barcodes":[{"format":"PKBarcodeFormat\#(format)","message":"\#(message)","messageEncoding":"utf-8"}]}"#
        ).faults(.storeCard)
        #expect(faults.errors.isEmpty)
        #expect(faults.warnings.map(\.pointer.description).contains("/pass/barcodes/0/message"))
    }

    @Test("keeps Code 128 out of the deprecated key and warns of a character set that isn't known")
    func oddBarcodes() throws {
        let code128 = #"{"format":"PKBarcodeFormatCode128","message":"x","messageEncoding":"utf-8"}"#
        try ValidationCase(#"{"barcode":\#(code128)}"#, "/pass/barcode/format").expectErrors(.storeCard)
        let other = #"{"format":"PKBarcodeFormatQR","message":"x","messageEncoding":"shift_jis"}"#
        try ValidationCase(#"{"barcodes":[\#(other)]}"#, "/pass/barcodes/0/messageEncoding").expectWarnings(.storeCard)
        let plain = #"{"format":"PKBarcodeFormatQR","message":"x","messageEncoding":"utf-8"}"#
        try ValidationCase(#"{"barcode":\#(plain)}"#, "/pass/barcode").expectWarnings(.storeCard)
    }

    @Test(
        "checks places and beacons",
        arguments: [
            ValidationCase(#"{"locations":[{"latitude":0,"longitude":0,"altitude":5.5,"relevantText":"x"}]}"#),
            ValidationCase(#"{"locations":[{"latitude":90.1,"longitude":0}]}"#, "/pass/locations/0/latitude"),
            ValidationCase(#"{"locations":[{"latitude":-90,"longitude":-180.5}]}"#, "/pass/locations/0/longitude"),
            ValidationCase(#"{"locations":[{"latitude":1}]}"#, "/pass/locations/0/longitude"),
            ValidationCase(#"{"locations":[{"latitude":"1","longitude":1}]}"#, "/pass/locations/0/latitude"),
            ValidationCase(#"{"locations":{}}"#, "/pass/locations"),
            ValidationCase(
                #"{"locations":[\#(Array(repeating: #"{"latitude":1,"longitude":1}"#, count: 11).joined(separator: ","))]}"#,
                "/pass/locations"),
            ValidationCase(
                #"{"beacons":[{"proximityUUID":"E2C56DB5-DFFB-48D2-B060-D0F5A71096E0","major":0,"minor":65535}]}"#),
            ValidationCase(#"{"beacons":[{"proximityUUID":"x"}]}"#, "/pass/beacons/0/proximityUUID"),
            ValidationCase(
                #"{"beacons":[{"proximityUUID":"E2C56DB5-DFFB-48D2-B060-D0F5A71096E0","major":65536,"minor":-1}]}"#,
                "/pass/beacons/0/major", "/pass/beacons/0/minor"),
        ])
    func relevance(testCase: ValidationCase) throws {
        try testCase.expectErrors(.storeCard)
    }

    @Test(
        "checks relevant dates",
        arguments: [
            ValidationCase(#"{"relevantDates":[{"date":"2027-01-01T00:00Z"},{"relevantDate":"2027-01-01T00:00Z"}]}"#),
            ValidationCase(#"{"relevantDates":[{"startDate":"2027-01-01T00:00Z","endDate":"2027-01-02T00:00Z"}]}"#),
            ValidationCase(
                #"{"relevantDates":[{"startDate":"2027-01-01T00:00Z","endDate":"2027-01-02T00:00:01Z"}]}"#,
                "/pass/relevantDates/0/endDate"),
            ValidationCase(
                #"{"relevantDates":[{"startDate":"2027-01-02T00:00Z","endDate":"2027-01-01T00:00Z"}]}"#,
                "/pass/relevantDates/0/endDate"),
            // 23 hours apart, whatever the written days say.
            ValidationCase(
                #"{"relevantDates":[{"startDate":"2027-01-01T00:00+12:00","endDate":"2027-01-01T11:00-00:00"}]}"#),
            ValidationCase(#"{"relevantDates":[{"startDate":"2027-01-01T00:00Z"}]}"#, "/pass/relevantDates/0/endDate"),
            ValidationCase(#"{"relevantDates":[{}]}"#, "/pass/relevantDates/0"),
            ValidationCase(
                #"{"relevantDates":[{"date":"2027-01-01T00:00Z","startDate":"2027-01-01T00:00Z"}]}"#,
                "/pass/relevantDates/0"),
            ValidationCase(#"{"relevantDates":[{"date":"2027-01-01"}]}"#, "/pass/relevantDates/0/date"),
        ])
    func dates(testCase: ValidationCase) throws {
        try testCase.expectErrors(.eventTicket)
    }

    // Made by `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:…  | openssl pkey -pubout -outform DER | base64`.
    static let p256 =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEk+PqVi7NyHMqq60PGd1l/0yx3f6sM6eMMS0DnbwzvV5qv0gil/2KL4"
        + "m9lF1mG//Nk6bC55YUF5h3kC7Iffsskg=="
    private static let p384 =
        "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEKCtWOXIyGiryQdDj3dXaHz5+HjmIs7e/KagiR9DoCJwiRLcFLsL6paYEOC"
        + "w5oEB85OLm6zasqtrcVt8WNLx8RrcIO0DDpJDcru6PxRTA3PZRmeU+iIuLzorICOBBxTzd"

    @Test("checks the NFC dictionary")
    func nfc() throws {
        func testCase(_ nfc: String, _ pointers: String...) -> (String, [String]) { (nfc, pointers) }
        let cases = [
            testCase(#"{"message":"x","encryptionPublicKey":"\#(Self.p256)"}"#),
            testCase(#"{"message":"x","encryptionPublicKey":"\#(Self.p384)"}"#, "/pass/nfc/encryptionPublicKey"),
            testCase(#"{"message":"x","encryptionPublicKey":"AAAA"}"#, "/pass/nfc/encryptionPublicKey"),
            testCase(
                #"{"message":"x","encryptionPublicKey":"\#(Self.p256.dropLast(2))"}"#, "/pass/nfc/encryptionPublicKey"),
            testCase(#"{"message":"x"}"#, "/pass/nfc/encryptionPublicKey"),
            testCase(#"{"encryptionPublicKey":"\#(Self.p256)"}"#, "/pass/nfc/message"),
            testCase(
                #"{"message":"\#(String(repeating: "x", count: 64))","encryptionPublicKey":"\#(Self.p256)"}"#),
            testCase(
                #"{"message":"\#(String(repeating: "ü", count: 33))","encryptionPublicKey":"\#(Self.p256)"}"#,
                "/pass/nfc/message"),
        ]
        for (nfc, pointers) in cases {
            let faults = try ValidationCase(#"{"nfc":\#(nfc)}"#).faults(.storeCard)
            #expect(faults.errors.map(\.pointer.description) == pointers, "\(nfc)")
        }
        let locked = #"{"message":"x","encryptionPublicKey":"\#(Self.p256)","requiresAuthentication":true}"#
        try ValidationCase(#"{"nfc":\#(locked)}"#, "/pass/sharingProhibited").expectWarnings(.storeCard)
        try ValidationCase(#"{"nfc":\#(locked),"sharingProhibited":true}"#).expectWarnings(.storeCard)
    }

    @Test(
        "checks the shape of semantic tags",
        arguments: [
            ValidationCase(
                ##"{"semantics":{"eventName":"x","eventStartDate":"2027-01-01T00:00Z","duration":5,"silenceRequested":true,"performerNames":["a"],"venueLocation":{"latitude":1,"longitude":1},"seats":[{"seatRow":"1","seatSectionColor":"#fff"}],"totalPrice":{"amount":"1.50","currencyCode":"EUR"},"wifiAccess":[{"ssid":"x","password":"y"}],"passengerName":{"givenName":"Ada"},"eventType":"PKEventTypeMovie"}}"##
            ),
            ValidationCase(#"{"semantics":{"eventName":1}}"#, "/pass/semantics/eventName"),
            ValidationCase(#"{"semantics":{"eventStartDate":"2027"}}"#, "/pass/semantics/eventStartDate"),
            ValidationCase(#"{"semantics":{"flightNumber":"123"}}"#, "/pass/semantics/flightNumber"),
            ValidationCase(#"{"semantics":{"eventType":"Movie"}}"#, "/pass/semantics/eventType"),
            ValidationCase(#"{"semantics":{"performerNames":"a"}}"#, "/pass/semantics/performerNames"),
            ValidationCase(#"{"semantics":{"performerNames":[1]}}"#, "/pass/semantics/performerNames/0"),
            ValidationCase(
                #"{"semantics":{"venueLocation":{"latitude":1}}}"#, "/pass/semantics/venueLocation/longitude"),
            ValidationCase(#"{"semantics":{"totalPrice":{"amount":1.5}}}"#, "/pass/semantics/totalPrice/amount"),
            ValidationCase(#"{"semantics":{"wifiAccess":[{"ssid":"x"}]}}"#, "/pass/semantics/wifiAccess/0/password"),
            ValidationCase(
                #"{"eventTicket":{"backFields":[{"key":"b","value":1,"semantics":{"seats":{}}}]}}"#,
                "/pass/eventTicket/backFields/0/semantics/seats"),
        ])
    func semantics(testCase: ValidationCase) throws {
        try testCase.expectErrors(.eventTicket)
    }

    @Test("warns of a semantic tag that isn't known")
    func unknownTag() throws {
        try ValidationCase(#"{"semantics":{"eventMood":"x"}}"#, "/pass/semantics/eventMood").expectWarnings(
            .eventTicket)
    }

    @Test("names what a poster event ticket lacks, as Apple's validator does")
    func poster() throws {
        let schemes = #""preferredStyleSchemes":["posterEventTicket","eventTicket"]"#
        try ValidationCase(
            "{\(schemes)}", "/pass/nfc", "/pass/semantics/eventName", "/pass/semantics/venueName"
        ).expectErrors(.eventTicket)
        let nfc = #""nfc":{"message":"x","encryptionPublicKey":"\#(Self.p256)"}"#
        try ValidationCase(
            #"{\#(schemes),\#(nfc),"semantics":{"eventName":"x","venueName":"y","eventType":"PKEventTypeSports"}}"#,
            "/pass/nfc/requiresAuthentication", "/pass/semantics/homeTeamAbbreviation",
            "/pass/semantics/awayTeamAbbreviation"
        ).expectErrors(.eventTicket)
        try ValidationCase(
            #"{\#(schemes),\#(nfc),"semantics":{"eventName":"x","venueName":"","eventType":"PKEventTypeLivePerformance"}}"#,
            "/pass/nfc/requiresAuthentication", "/pass/semantics/venueName", "/pass/semantics/performerNames"
        ).expectErrors(.eventTicket)
        let whole = #""nfc":{"message":"x","encryptionPublicKey":"\#(Self.p256)","requiresAuthentication":false}"#
        try ValidationCase(
            #"{\#(schemes),\#(whole),"bagPolicyURL":"https://e.com","semantics":{"eventName":"x","venueName":"y"}}"#,
            "/pass/preferredStyleSchemes", "/pass/semantics/eventStartDate", "/pass/semantics/seats",
            "/pass/bagPolicyURL"
        ).expectWarnings(.eventTicket)
        try ValidationCase("{\(schemes)}", "/pass/preferredStyleSchemes").expectErrors(.coupon)
    }

    @Test("names what a semantic boarding pass lacks, and takes either name of a time zone")
    func boarding() throws {
        let schemes = #""preferredStyleSchemes":["semanticBoardingPass","boardingPass"]"#
        let needs = [
            "airlineCode", "flightNumber", "originalDepartureDate", "originalBoardingDate", "originalArrivalDate",
            "departureAirportTimeZone", "departureAirportCode", "destinationAirportCode", "passengerName",
        ]
        let faults = try ValidationCase("{\(schemes)}").faults(.boardingPass)
        #expect(faults.errors.map(\.pointer.description) == needs.map { "/pass/semantics/\($0)" })
        let date = #""2027-01-01T00:00Z""#
        try ValidationCase(
            """
            {\(schemes),"semantics":{"airlineCode":"EX","flightNumber":123,"originalDepartureDate":\(date),
             "originalBoardingDate":\(date),"originalArrivalDate":\(date),"departureLocationTimeZone":"Europe/Berlin",
             "departureAirportCode":"BER","destinationAirportCode":"LHR","passengerName":{"givenName":"Ada"}}}
            """,
            "/pass/preferredStyleSchemes", "/pass/semantics/departureCityName",
            "/pass/semantics/destinationCityName", "/pass/semantics/destinationAirportTimeZone",
            "/pass/semantics/seats"
        ).expectWarnings(.boardingPass)
    }
}
