import Testing

@testable import PassIssuer

@Suite struct TextRuleTests {
    @Test(
        "accepts colours, from the first character to the last",
        arguments: [
            ("rgb(0, 0, 0)", true), ("rgb(255,255,255)", true), ("rgb( 1 , 22 , 255 )", true), ("#fff", true),
            ("#A1b2C3", true), ("rgb(255-255-255)", false), ("rgb(256, 0, 0)", false), ("rgb(1, 2)", false),
            ("rgb(1, 2, 3, 4)", false), ("rgb(1, 2, 3) ", false), ("xrgb(1, 2, 3)", false), ("rgb(-1, 2, 3)", false),
            ("rgb(1.5, 2, 3)", false), ("rgb(, 2, 3)", false), ("#ff", false), ("#fffff", false), ("#ggg", false),
            ("red", false), ("", false), ("rgb(1 1, 2, 3)", false), ("rgba(1, 2, 3)", false), ("#fff0", false),
        ])
    func colours(text: String, isValid: Bool) {
        #expect(TextRule.colour.accepts(text) == isValid)
    }

    @Test(
        "accepts web addresses with a host",
        arguments: [
            ("https://example.com", true), ("http://example.com/a?b#c", true), ("HTTPS://EXAMPLE.COM", true),
            ("https://[::1]:8080/", true), ("ftp://example.com", false), ("https://", false), ("https:///path", false),
            ("https://:80/", false), ("example.com", false), ("https://exa mple.com", false), ("", false),
            ("javascript:alert(1)", false), ("xhttps://example.com", false), ("https://e.com/\"", false),
        ])
    func webURLs(text: String, isValid: Bool) {
        #expect(TextRule.webURL.accepts(text) == isValid)
    }

    @Test(
        "accepts addresses of any scheme",
        arguments: [
            ("myapp://card/1", true), ("tel:+49301234", true), ("a+b-c.d:x", true), ("https://example.com", true),
            (":x", false), ("1app:x", false), ("no scheme", false), ("app:", false), ("my app:x", false), ("", false),
        ])
    func urls(text: String, isValid: Bool) {
        #expect(TextRule.url.accepts(text) == isValid)
    }

    @Test(
        "accepts UUIDs, mail addresses and currencies",
        arguments: [
            (TextRule.uuid, "E2C56DB5-DFFB-48D2-B060-D0F5A71096E0", true),
            (.uuid, "E2C56DB5DFFB48D2B060D0F5A71096E0", false),
            (.uuid, "g2C56DB5-DFFB-48D2-B060-D0F5A71096E0", false), (.mail, "a@example.com", true),
            (.mail, "a@b@c", false), (.mail, "@b", false), (.mail, "a @b", false), (.currency, "EUR", true),
            (.currency, "JPY", true), (.currency, "XCG", true), (.currency, "eur", false), (.currency, "EURO", false),
            (.currency, "ZZZ", false), (.notEmpty, " \n\u{00A0}", false), (.notEmpty, "x", true),
        ])
    func others(rule: TextRule, text: String, isValid: Bool) {
        #expect(rule.accepts(text) == isValid)
    }
}
