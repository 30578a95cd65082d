import JSON
import Testing

@testable import PassIssuer

@Suite struct FieldRulesTests {
    private func fields(_ count: Int, _ prefix: String, _ extra: String = "") -> String {
        (0..<count).map { #"{"key":"\#(prefix)\#($0)","value":"x"\#(extra)}"# }.joined(separator: ",")
    }

    @Test(
        "checks a field's keys",
        arguments: [
            (#"{"value":"x"}"#, "/key"), (#"{"key":"","value":"x"}"#, "/key"), (#"{"key":5,"value":"x"}"#, "/key"),
            (#"{"key":"a\u200b","value":"x"}"#, "/key"), (#"{"key":"b"}"#, "/value"),
            (#"{"key":"b","value":null}"#, "/value"), (#"{"key":"b","value":true}"#, "/value"),
            (#"{"key":"b","value":["x"]}"#, "/value"), (#"{"key":"b","value":"x","label":1}"#, "/label"),
            (#"{"key":"b","value":"x","changeMessage":"It changed."}"#, "/changeMessage"),
            (#"{"key":"b","value":"x","changeMessage":1}"#, "/changeMessage"),
            (#"{"key":"b","value":"x","dateStyle":"PKDateStyleShort"}"#, "/value"),
            (#"{"key":"b","value":1,"timeStyle":"PKDateStyleShort"}"#, "/value"),
            (#"{"key":"b","value":"2027-01-01T00:00Z","dateStyle":"Short"}"#, "/dateStyle"),
            (#"{"key":"b","value":"2027-01-01T00:00:00+0000","dateStyle":"PKDateStyleNone"}"#, "/value"),
            (#"{"key":"b","value":"x","isRelative":true}"#, "/isRelative"),
            (
                #"{"key":"b","value":"2027-01-01T00:00Z","dateStyle":"PKDateStyleNone","ignoresTimeZone":"yes"}"#,
                "/ignoresTimeZone"
            ),
            (#"{"key":"b","value":"5","currencyCode":"EUR"}"#, "/value"),
            (#"{"key":"b","value":5,"currencyCode":"Euro"}"#, "/currencyCode"),
            (#"{"key":"b","value":"five","numberStyle":"PKNumberStyleSpellOut"}"#, "/value"),
            (#"{"key":"b","value":5,"numberStyle":"PKNumberStyleRoman"}"#, "/numberStyle"),
            (#"{"key":"b","value":5,"numberStyle":"PKNumberStyleDecimal","currencyCode":"EUR"}"#, "/numberStyle"),
            (#"{"key":"b","value":"x","textAlignment":"PKTextAlignmentLeft"}"#, "/textAlignment"),
            (#"{"key":"b","value":"x","row":1}"#, "/row"), (#"{"key":"b","value":"x","semantics":[]}"#, "/semantics"),
            (#"{"key":"b","value":"x","dataDetectorTypes":["Link"]}"#, "/dataDetectorTypes/0"),
            (#"{"key":"b","value":"x","attributedValue":"<b>x</b>"}"#, "/attributedValue"),
            (#"{"key":"b","value":"x","attributedValue":"<a onclick='x'>x</a>"}"#, "/attributedValue"),
            (#"{"key":"b","value":"x","attributedValue":false}"#, "/attributedValue"),
        ])
    func bad(field: String, place: String) throws {
        try ValidationCase(#"{"storeCard":{"backFields":[\#(field)]}}"#, "/pass/storeCard/backFields/0" + place)
            .expectErrors(.storeCard)
    }

    @Test(
        "accepts what Apple describes",
        arguments: [
            #"{"key":"b","value":5,"currencyCode":"EUR","changeMessage":"Now %@"}"#,
            #"{"key":"b","value":0.5,"numberStyle":"PKNumberStylePercent"}"#,
            #"{"key":"b","value":"2012-07-22T14:25-08:00","dateStyle":"PKDateStyleFull","timeStyle":"PKDateStyleNone","isRelative":true,"ignoresTimeZone":false}"#,
            #"{"key":"b","value":"x","dataDetectorTypes":[]}"#,
            #"{"key":"b","value":"x","dataDetectorTypes":["PKDataDetectorTypePhoneNumber","PKDataDetectorTypeLink","PKDataDetectorTypeAddress","PKDataDetectorTypeCalendarEvent"]}"#,
            #"{"key":"b","value":"x","attributedValue":"a < b and <a href='https://example.com'>x</a>"}"#,
            #"{"key":"b","value":"","label":"","semantics":{"eventName":"x"}}"#,
        ])
    func good(field: String) throws {
        try ValidationCase(#"{"storeCard":{"backFields":[\#(field)]}}"#).expectWarnings(.storeCard)
    }

    @Test("aligns text, but not of primary fields; detects data on the back")
    func places() throws {
        let aligned = #"{"key":"b","value":"x","textAlignment":"PKTextAlignmentCenter"}"#
        try ValidationCase(#"{"coupon":{"headerFields":[\#(aligned)]}}"#).expectWarnings(.coupon)
        try ValidationCase(
            #"{"coupon":{"primaryFields":[\#(aligned)]}}"#, "/pass/coupon/primaryFields/0/textAlignment"
        ).expectErrors(.coupon)
        try ValidationCase(
            #"{"coupon":{"headerFields":[{"key":"b","value":"x","dataDetectorTypes":[]}]}}"#,
            "/pass/coupon/headerFields/0/dataDetectorTypes"
        ).expectWarnings(.coupon)
        try ValidationCase(
            #"{"coupon":{"headerFields":[{"key":"b","value":"x","attributedValue":"<a href='x'>x</a>"}]}}"#,
            "/pass/coupon/headerFields/0/attributedValue"
        ).expectWarnings(.coupon)
    }

    @Test("wants each field's key once in the entire pass")
    func unique() throws {
        try ValidationCase(
            #"{"coupon":{"headerFields":[{"key":"x","value":1}],"backFields":[{"key":"y","value":1},{"key":"x","value":2}]}}"#,
            "/pass/coupon/backFields/1/key"
        ).expectErrors(.coupon)
        // A poster draws the fields anew.
        try ValidationCase(
            #"{"posterGeneric":{"footerFields":[{"key":"a","value":1}]}}"#, "/pass/posterGeneric"
        ).expectWarnings(.generic)
    }

    @Test(
        "knows how many fields each style draws",
        arguments: [
            (PassStyle.storeCard, FieldGroup.headerFields, 3), (.boardingPass, .headerFields, 3),
            (.coupon, .primaryFields, 1), (.boardingPass, .primaryFields, 2), (.generic, .secondaryFields, 4),
            (.storeCard, .auxiliaryFields, 4), (.boardingPass, .auxiliaryFields, 5),
            (.eventTicket, .auxiliaryFields, 4),
        ])
    func maxima(style: PassStyle, group: FieldGroup, maximum: Int) throws {
        func testCase(_ count: Int) -> ValidationCase {
            ValidationCase(#"{"\#(style.rawValue)":{"\#(group.rawValue)":[\#(fields(count, "f"))]}}"#)
        }
        try testCase(maximum).expectWarnings(style)
        let faults = try testCase(maximum + 1).faults(style)
        #expect(faults.errors.map(\.pointer.description) == ["/pass/\(style.rawValue)/\(group.rawValue)"])
    }

    @Test("gives each row of an event ticket its own limit")
    func rows() throws {
        let first = fields(4, "f", #","row":0"#)
        try ValidationCase(#"{"eventTicket":{"auxiliaryFields":[\#(first),\#(fields(4, "s", #","row":1"#))]}}"#)
            .expectWarnings(.eventTicket)
        try ValidationCase(
            #"{"eventTicket":{"auxiliaryFields":[\#(first),\#(fields(5, "s", #","row":1"#))]}}"#,
            "/pass/eventTicket/auxiliaryFields"
        ).expectErrors(.eventTicket)
        try ValidationCase(
            #"{"eventTicket":{"auxiliaryFields":[{"key":"r","value":1,"row":2}]}}"#,
            "/pass/eventTicket/auxiliaryFields/0/row"
        ).expectErrors(.eventTicket)
    }

    @Test("leaves less room beside a square barcode", arguments: [PassStyle.coupon, .storeCard, .generic])
    func squareBarcode(style: PassStyle) throws {
        func patch(_ format: String, _ auxiliary: Int) -> String {
            #"{"barcodes":[{"format":"\#(format)","message":"x","messageEncoding":"utf-8"}],"\#(style.rawValue)":{"secondaryFields":[\#(fields(3, "s"))],"auxiliaryFields":[\#(fields(auxiliary, "x"))]}}"#
        }
        try ValidationCase(patch("PKBarcodeFormatQR", 1)).expectWarnings(style)
        try ValidationCase(patch("PKBarcodeFormatPDF417", 4)).expectWarnings(style)
        for format in ["PKBarcodeFormatQR", "PKBarcodeFormatAztec"] {
            try ValidationCase(patch(format, 2), "/pass/\(style.rawValue)/auxiliaryFields").expectErrors(style)
        }
    }
}
