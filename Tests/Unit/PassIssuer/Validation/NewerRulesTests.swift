import JSON
import Testing

@testable import PassIssuer

/// What iOS 18, 26 and 27 brought, and what is only advised.
@Suite struct NewerRulesTests {
    private static let poster = #""preferredStyleSchemes":["posterEventTicket","eventTicket"]"#
    private static let entry = #"{"type":"event","identifier":"e-1","name":"Final""#

    /// The warnings of an event ticket that are not about the poster scheme as such.
    private func warnings(_ patch: String, _ style: PassStyle = .eventTicket) throws -> [String] {
        try ValidationCase(patch).faults(style).warnings.map(\.pointer.description).filter {
            $0 != "/pass/preferredStyleSchemes" && $0 != "/pass/semantics/seats"
                && $0 != "/pass/semantics/eventStartDate"
        }
    }

    @Test("says from which release on a style made of semantic tags is drawn")
    func releases() throws {
        for (style, scheme, release) in [
            (PassStyle.eventTicket, "posterEventTicket", 18), (.boardingPass, "semanticBoardingPass", 26),
        ] {
            let patch = #"{"preferredStyleSchemes":["\#(scheme)","\#(style.rawValue)"]}"#
            let fault = try #require(
                try ValidationCase(patch).faults(style).first {
                    $0.pointer.description == "/pass/preferredStyleSchemes"
                })
            #expect(fault.requiresIOS == release && fault.severity == .warning)
            #expect(fault.reason.contains("iOS \(release)"))
        }
    }

    @Test(
        "notes, as no more than information, from which release on a newer key is understood",
        arguments: [
            (#"{"relevantDates":[{"date":"2027-01-01T00:00Z"}]}"#, "/pass/relevantDates", 18),
            (
                #"{"relevantDates":[{"startDate":"2027-01-01T00:00Z","endDate":"2027-01-01T05:00Z"}]}"#,
                "/pass/relevantDates", 18
            ),
            (#"{"posterGeneric":{"footerFields":[{"key":"f","value":1}]}}"#, "/pass/posterGeneric", 27),
        ])
    func newerKeys(patch: String, pointer: String, release: Int) throws {
        let testCase = ValidationCase(patch, pointer)
        for subject in [Inspection.Subject.template, .rendered] {
            try testCase.expectWarnings(.generic, subject)
            let fault = try #require(try testCase.faults(.generic, subject).first)
            #expect(fault.requiresIOS == release && fault.effect == .olderPhonesLeaveOut(release))
            #expect(fault.reason.contains("iOS \(release)"))
            #expect(Finding(fault, in: "pass.json", dropping: 1).severity == .information)
        }
    }

    @Test(
        "warns of keys that a poster event ticket or a semantic boarding pass alone shows",
        arguments: [
            ("bagPolicyURL", #""https://e.com""#), ("transferURL", #""https://e.com""#), ("eventLogoText", #""x""#),
            ("useAutomaticColors", "true"), ("contactVenueEmail", #""a@b.c""#), ("upgradeURL", #""https://e.com""#),
            ("transitProviderPhoneNumber", #""1""#), ("trackBagsURL", #""https://e.com""#),
            ("auxiliaryStoreIdentifiers", "[1]"), ("footerBackgroundColor", ##""#fff""##),
        ])
    func schemeKeys(key: String, value: String) throws {
        try ValidationCase(#"{"\#(key)":\#(value)}"#, "/pass/\(key)").expectWarnings(.storeCard)
    }

    @Test("shows additional fields in poster event tickets alone")
    func additionalInfo() throws {
        let fields = #""eventTicket":{"additionalInfoFields":[{"key":"x","value":1}]}"#
        try ValidationCase("{\(fields)}", "/pass/eventTicket/additionalInfoFields").expectWarnings(.eventTicket)
        #expect(try warnings("{\(Self.poster),\(fields)}") == [])
    }

    @Test(
        "checks the types of newer semantic tags",
        arguments: [
            ValidationCase(#"{"semantics":{"flightNumber":12.5}}"#, "/pass/semantics/flightNumber"),
            ValidationCase(#"{"semantics":{"flightNumber":-1}}"#, "/pass/semantics/flightNumber"),
            ValidationCase(#"{"semantics":{"duration":-1}}"#, "/pass/semantics/duration"),
            ValidationCase(#"{"semantics":{"airlineCode":7}}"#, "/pass/semantics/airlineCode"),
            ValidationCase(
                #"{"semantics":{"eventStartDateInfo":{"date":"tomorrow"}}}"#,
                "/pass/semantics/eventStartDateInfo/date"),
            ValidationCase(
                #"{"semantics":{"eventStartDateInfo":{"unannounced":"yes"}}}"#,
                "/pass/semantics/eventStartDateInfo/unannounced"),
            ValidationCase(
                #"{"semantics":{"passengerCapabilities":"PKPassengerCapabilityPreboarding"}}"#,
                "/pass/semantics/passengerCapabilities"),
            ValidationCase(
                #"{"semantics":{"internationalDocumentsAreVerified":1}}"#,
                "/pass/semantics/internationalDocumentsAreVerified"),
        ])
    func semanticTypes(testCase: ValidationCase) throws {
        try testCase.expectErrors(.boardingPass)
    }

    @Test(
        "advises where a text has the wrong form",
        arguments: [
            (#"{"semantics":{"departureAirportTimeZone":"+02:00"}}"#, "/pass/semantics/departureAirportTimeZone"),
            (#"{"semantics":{"departureAirportTimeZone":"Berlin"}}"#, "/pass/semantics/departureAirportTimeZone"),
            (#"{"semantics":{"departureAirportCode":"lhr"}}"#, "/pass/semantics/departureAirportCode"),
            (#"{"semantics":{"airlineCode":"LUFTHANSA"}}"#, "/pass/semantics/airlineCode"),
            (#"{"semantics":{"totalPrice":{"amount":"1,50"}}}"#, "/pass/semantics/totalPrice/amount"),
            (
                #"{"semantics":{"eventStartDate":"2027-01-02T00:00Z","eventEndDate":"2027-01-01T00:00Z"}}"#,
                "/pass/semantics/eventEndDate"
            ),
            (
                #"{"semantics":{"originalDepartureDate":"2027-01-02T00:00Z","originalArrivalDate":"2027-01-01T00:00Z"}}"#,
                "/pass/semantics/originalArrivalDate"
            ),
            (
                #"{"relevantDate":"2027-01-01T00:00Z","relevantDates":[{"date":"2027-01-01T00:00Z","relevantDate":"2027-01-02T00:00Z"}]}"#,
                "/pass/relevantDates/0/relevantDate"
            ),
        ])
    func advice(patch: String, pointer: String) throws {
        try ValidationCase(patch, pointer).expectWarnings(.boardingPass)
    }

    @Test(
        "takes texts of the right form",
        arguments: [
            #"{"semantics":{"departureAirportTimeZone":"America/Argentina/Ushuaia","airlineCode":"U2"}}"#,
            #"{"semantics":{"departureAirportTimeZone":"Etc/GMT+5","destinationAirportTimeZone":"UTC"}}"#,
            #"{"semantics":{"departureAirportCode":"LHR","totalPrice":{"amount":"-1.50"},"balance":{"amount":"7"}}}"#,
            #"{"semantics":{"eventStartDate":"2027-01-01T00:00Z","eventEndDate":"2027-01-01T00:00Z"}}"#,
        ])
    func goodForms(patch: String) throws {
        try ValidationCase(patch).expectWarnings(.boardingPass)
    }

    @Test("shows coupons and store cards at places, not at times", arguments: [PassStyle.coupon, .storeCard])
    func timeless(style: PassStyle) throws {
        let dates = #"{"relevantDate":"2027-01-01T00:00Z","relevantDates":[{"date":"2027-01-01T00:00Z"}]}"#
        try ValidationCase(dates, "/pass/relevantDate", "/pass/relevantDates").expectWarnings(style)
        try ValidationCase(dates).expectWarnings(.boardingPass)
    }

    @Test(
        "checks upcoming events",
        arguments: [
            (#"[\#(entry)}]"#, []), (#"[\#(entry)},\#(entry)}]"#, ["1/identifier"]),
            (#"[{}]"#, ["0/identifier", "0/name", "0/type"]),
            (#"[{"type":"x","identifier":"e","name":"n"}]"#, ["0/type"]),
            (#"[\#(entry),"isActive":1}]"#, ["0/isActive"]),
            (#"[\#(entry),"URLs":{"bagPolicyURL":"no"}}]"#, ["0/URLs/bagPolicyURL"]),
            (#"[\#(entry),"dateInformation":{"date":"2027"}}]"#, ["0/dateInformation/date"]),
            (#"[\#(entry),"images":{"headerImage":{"reuseExisting":true}}}]"#, []),
            (#"[\#(entry),"images":{"headerImage":{}}}]"#, ["0/images/headerImage"]),
            (#"[\#(entry),"images":{"venueMap":{"reuseExisting":true,"URLs":[]}}}]"#, ["0/images/venueMap"]),
            (
                #"[\#(entry),"images":{"venueMap":{"URLs":[{"URL":"http://e.com","SHA256":"ab","size":3000000}]}}}]"#,
                ["0/images/venueMap/URLs/0/SHA256", "0/images/venueMap/URLs/0/URL", "0/images/venueMap/URLs/0/size"]
            ),
            (#"[\#(entry),"backFields":[{"key":"a","value":1},{"key":"a","value":2}]}]"#, ["0/backFields/1/key"]),
            (#"[\#(entry),"backFields":[{"key":"a","value":"x","currencyCode":"EUR"}]}]"#, ["0/backFields/0/value"]),
            (#"[\#(entry),"semantics":{"venuePlaceID":5}}]"#, ["0/semantics/venuePlaceID"]),
        ] as [(String, [String])])
    func upcoming(entries: String, places: [String]) throws {
        let semantics = #""semantics":{"eventName":"x","venueName":"y"}"#
        let nfc =
            #""nfc":{"message":"x","encryptionPublicKey":"\#(PassRulesTests.p256)","requiresAuthentication":false}"#
        let patch = "{\(Self.poster),\(nfc),\(semantics),\"upcomingPassInformation\":\(entries)}"
        let faults = try ValidationCase(patch).faults(.eventTicket)
        #expect(
            faults.errors.map(\.pointer.description).sorted() == places.map { "/pass/upcomingPassInformation/\($0)" })
        #expect(faults.contains { $0.pointer.description == "/pass/upcomingPassInformation" && $0.requiresIOS == 26 })
    }

    @Test("warns of upcoming events in a pass that shows none")
    func upcomingElsewhere() throws {
        let patch = #"{"upcomingPassInformation":[\#(Self.entry)}]}"#
        #expect(try warnings(patch, .coupon).count(where: { $0 == "/pass/upcomingPassInformation" }) == 2)
    }

    @Test("knows the featured actions, wants each identifier once, and warns where none are shown")
    func actions() throws {
        func action(_ type: String, _ id: String = "a") -> String {
            #"{"identifier":"\#(id)","type":"\#(type)","url":"https://e.com"}"#
        }
        func pointers(_ actions: String, _ more: String = "") throws -> [String] {
            try ValidationCase("{\"featuredActions\":[\(actions)]\(more)}").faults(.generic).map(\.pointer.description)
        }
        #expect(try pointers(action("bookStay")) == ["/pass/featuredActions"])
        #expect(try pointers(action("dance")).sorted() == ["/pass/featuredActions", "/pass/featuredActions/0/type"])
        #expect(
            try pointers(action("shop") + "," + action("order")).sorted()
                == ["/pass/featuredActions", "/pass/featuredActions/1/identifier"])
        #expect(try warnings("{\(Self.poster),\"featuredActions\":[\(action("shop"))]}").count == 2)
    }

    @Test("warns of a barcode that is hard to scan, and refuses one that can't be drawn")
    func barcodes() throws {
        func patch(_ format: String, _ length: Int) -> String {
            let message = String(repeating: "1", count: length)
            return
                #"{"barcodes":[{"format":"PKBarcodeFormat\#(format)","message":"\#(message)","messageEncoding":"utf-8"}]}"#
        }
        for (format, comfortable, capacity) in [("QR", 400, 2_953), ("PDF417", 250, 1_108), ("Code128", 40, 80)] {
            try ValidationCase(patch(format, comfortable)).expectWarnings(.storeCard)
            try ValidationCase(patch(format, comfortable + 1), "/pass/barcodes/0/message").expectWarnings(.storeCard)
            try ValidationCase(patch(format, capacity), "/pass/barcodes/0/message").expectWarnings(.storeCard)
            try ValidationCase(patch(format, capacity + 1), "/pass/barcodes/0/message").expectErrors(.storeCard)
        }
    }

    @Test("warns when values change and nobody is told")
    func changes() throws {
        let silent = #"{"coupon":{"backFields":[{"key":"b","value":"{{voucher.x}}"}]}}"#
        let told = #"{"coupon":{"backFields":[{"key":"b","value":"{{voucher.x}}","changeMessage":"Now %@"}]}}"#
        try ValidationCase(silent, "/pass/coupon").expectWarnings(.coupon, .template)
        try ValidationCase(told).expectWarnings(.coupon, .template)
        try ValidationCase(silent).expectWarnings(.coupon, .rendered)
    }

    @Test("tells for every fault what phones do about it")
    func effects() throws {
        let faults = try ValidationCase(
            #"{"description":null,"nfc":{"message":"\#(String(repeating: "x", count: 65))","encryptionPublicKey":"x"},"featuredActions":[],"groupingIdentifier":"x","coupon":{"headerFields":[{"key":"a","value":1},{"key":"b","value":1,"changeMessage":"x"},{"key":"c","value":1},{"key":"d","value":1}]}}"#
        ).faults(.coupon)
        let effects = Dictionary(grouping: faults, by: \.pointer.description).mapValues { Set($0.map(\.effect)) }
        #expect(effects["/pass/description"] == [.refusesPackage])
        #expect(effects["/pass/nfc/message"] == [.cuts])
        #expect(effects["/pass/featuredActions"] == [.olderPhonesLeaveOut(27)])
        #expect(effects["/pass/groupingIdentifier"] == [.ignores])
        #expect(effects["/pass/coupon/headerFields"] == [.drawsTheFirst])
        #expect(effects["/pass/coupon/headerFields/1/changeMessage"] == [.announcesNothing])
        #expect(faults.allSatisfy { $0.effect.sentence.hasSuffix(".") })
    }
}
