import GoogleWalletSchema
import JSON
import Testing

@testable import GoogleBridge

@Suite struct MappingValueTests {
    @Test(arguments: [
        // Amounts and their millionths, as arithmetic on paper has them.
        ("10.5", "10500000"), ("0", "0"), ("-0", "0"), ("0.000001", "1"), ("-3.99", "-3990000"), ("1e3", "1000000000"),
        ("12.50E-1", "1250000"), ("9223372036854.775807", "9223372036854775807"),
        ("-9223372036854.775808", "-9223372036854775808"), ("0.1", "100000"), ("0.29", "290000"), ("1.10", "1100000"),
        ("4.35", "4350000"), ("100000000.01", "100000000010000"),
    ])
    func countsMoneyExactly(amount: String, micros: String) throws {
        #expect(Money.micros(try #require(ExactDecimal(amount))) == micros)
    }

    @Test(arguments: ["0.0000001", "9223372036854.775808", "1e13", "1e999", "1.2345678"])
    func countsNoMoneyBeyondMillionthsAndSixtyFourBits(amount: String) throws {
        #expect(Money.micros(try #require(ExactDecimal(amount))) == nil)
    }

    @Test(arguments: ["", "x", "1.", ".5", "+1", "1e1000", "0x1", "1,5"])
    func refusesWhatIsNoNumber(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test(arguments: [
        ("rgb(0, 102, 51)", "#006633"), ("rgb(255,255,255)", "#ffffff"), ("RGB( 1 , 2 , 3 )", "#010203"),
        ("#ABC", "#aabbcc"), ("#A1B2C3", "#a1b2c3"),
    ])
    func writesAColourInHexadecimal(colour: String, hex: String) {
        #expect(HexColour.hex(colour) == hex)
    }

    @Test(arguments: [
        "rgb(255-255-255)", "rgb(256,0,0)", "rgb(1,2)", "rgb(1,2,3,4)", "red", "#12", "#12345g", "rgb(+1,2,3)", "",
    ])
    func refusesWhatIsNoColour(colour: String) {
        #expect(HexColour.hex(colour) == nil)
    }

    @Test(arguments: [
        ("de", "de"), ("pt_BR", "pt-BR"), ("PT-br", "pt-BR"), ("zh-Hans", "zh-Hans"), ("zh_hant_TW", "zh-Hant-TW"),
        ("German", "de"), ("fil", "fil"), ("es-419", "es-419"),
    ])
    func namesALanguage(folder: String, tag: String) {
        #expect(LanguageTag.tag(folder) == tag)
    }

    @Test(arguments: ["", "x", "klingon", "de-", "d1", "Base"])
    func refusesWhatIsNoLanguage(folder: String) {
        #expect(LanguageTag.tag(folder) == nil)
    }

    @Test(arguments: [
        // By the Unicode CLDR.
        ("en", DateStyle.short, DateStyle.none, "3/5/27"), ("en", .medium, .short, "Mar 5, 2027, 6:30 PM"),
        ("en", .full, .short, "Friday, March 5, 2027 at 6:30 PM"), ("en-GB", .short, .short, "05/03/2027, 18:30"),
        ("de", .short, .none, "05.03.27"), ("de", .full, .short, "Freitag, 5. März 2027 um 18:30"),
        ("fr", .long, .none, "5 mars 2027"), ("es", .long, .none, "5 de marzo de 2027"),
        ("it", .medium, .none, "5 mar 2027"), ("pt-BR", .full, .none, "sexta-feira, 5 de março de 2027"),
        ("nl", .short, .none, "05-03-2027"), ("ja", .full, .none, "2027年3月5日金曜日"),
        ("zh-Hans", .full, .short, "2027年3月5日星期五 18:30"), ("sw", .long, .short, "2027-03-05 18:30"),
        ("en", .none, .medium, "6:30:07 PM"), ("sw", .none, .short, "18:30"),
    ])
    func writesADate(tag: String, date: DateStyle, time: DateStyle, text: String) throws {
        let instant = try #require(GoogleDateTime("2027-03-05T18:30:07+01:00"))
        #expect(DateText.text(instant, date, time, tag) == text)
    }

    @Test(arguments: [
        ("en", "0.5", NumberText.Style.percent, "50%"), ("de", "0.125", .percent, "12,5\u{A0}%"),
        ("en", "1234567.5", .decimal, "1,234,567.5"), ("de", "1234", .decimal, "1.234"),
        ("es", "1234", .decimal, "1234"),
        ("es", "12345", .decimal, "12.345"), ("fr", "1234.5", .decimal, "1\u{202F}234,5"),
        ("en", "10.5", .currency("USD"), "$10.50"), ("en", "-10.5", .currency("EUR"), "-€10.50"),
        ("en", "5", .currency("CHF"), "CHF\u{A0}5.00"), ("de", "10.5", .currency("EUR"), "10,50\u{A0}€"),
        ("ja", "1000", .currency("JPY"), "¥1,000"), ("en", "1.5", .currency("KWD"), "KWD\u{A0}1.500"),
        ("en", "1e3", .plain, "1000"),
    ])
    func writesANumber(tag: String, number: String, style: NumberText.Style, text: String) throws {
        #expect(NumberText.text(try #require(ExactDecimal(number)), style, tag) == text)
    }

    @Test(
        arguments: [
            (
                "<a href=\"https://a.example/x?y=1&amp;z=2\">Here</a> or there", "Here or there",
                ["https://a.example/x?y=1&z=2"]
            ),
            ("<A HREF='tel:+41 44 123 45 67'>Call</A>", "Call", ["tel:+41441234567"]),
            ("<a href=mailto:a@b.example>Mail</a>", "Mail", ["mailto:a@b.example"]),
            ("5 < 6 &amp; 7 > 2", "5 < 6 & 7 > 2", []),
            ("<a href=\"no scheme\">x</a>", "x", []), ("plain", "plain", []),
        ] as [(String, String, [String])])
    func readsAnchors(markup: String, text: String, uris: [String]) {
        let read = Links.anchors(in: markup)
        #expect(read.text == text)
        #expect(read.links.map(\.uri) == uris)
    }

    @Test(
        arguments: [
            ("See https://a.example/b, or http://c.example.", ["https://a.example/b", "http://c.example"]),
            ("a.b@c.example", ["mailto:a.b@c.example"]), ("(write to a@b.example)", ["mailto:a@b.example"]),
            ("+41 44 123 45 67", ["tel:+41441234567"]), ("12345", []), ("Order 1234567", []), ("@x", []), ("a@b", []),
        ] as [(String, [String])])
    func detectsLinks(text: String, uris: [String]) {
        #expect(Links.detected(in: text, .standard).map(\.uri) == uris)
    }

    @Test func detectsAnAddressWhereItIsSaid() {
        #expect(
            Links.detected(in: "1 Main St, Zürich", [.address]).map(\.uri)
                == ["https://maps.google.com/?q=1%20Main%20St%2C%20Z%C3%BCrich"])
        #expect(Links.detected(in: "a@b.example", []).isEmpty)
    }

    @Test(
        arguments: [
            ("LX 123", "LX", "123"), ("lx0123", "LX", "0123"), ("EZY8431", "EZY", "8431"), ("U28431", "U2", "8431"),
            ("123", nil, "123"), ("9W-12", "9W", "12"),
        ] as [(String, String?, String)])
    func readsAFlightNumber(text: String, carrier: String?, digits: String) {
        #expect(FlightNumber(text)?.carrier == carrier)
        #expect(FlightNumber(text)?.digits == digits)
    }

    @Test func showsAFlightNumberThatEndsWithALetter() {
        #expect(FlightNumber("BA123A")?.digits == "123")
        #expect(FlightNumber("BA123A")?.shown == "BA123A")
    }

    @Test(arguments: ["", "LX", "Flight 12", "LX12345678", "ÄB12", "12 to 13"])
    func refusesWhatIsNoFlightNumber(text: String) {
        #expect(FlightNumber(text) == nil)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9, 12])
    func arrangesItemsInRows(count: Int) {
        let items = (0..<count).map { FrontItem(GoogleFieldPath(.object, "textModulesData", id: "m\($0)")) }
        let rows = TemplateRows.rows(items)
        #expect(rows.count == min(3, (count + 2) / 3))
        #expect(fieldPaths(in: .array(rows)).count == min(9, count))
        let sizes = rows.map { fieldPaths(in: $0).count }
        #expect(sizes == sizes.sorted(by: >))
    }
}
