import Testing

@testable import PassIssuer

@Suite struct TemplateValidationTests {
    @Test(
        "leaves to the final check what a token decides",
        arguments: [
            ValidationCase(
                #"{"backgroundColor":"{{contact.colour}}","maxDistance":"{{voucher.d}}","voided":"{{voucher.v}}"}"#),
            ValidationCase(#"{"backgroundColor":"rgb({{contact.r}}, 0, 0)"}"#),
            ValidationCase(#"{"expirationDate":"{{voucher.day}}T00:00:00Z","locations":"{{voucher.places}}"}"#),
            ValidationCase(
                #"{"storeCard":{"primaryFields":[{"key":"{{contact.id}}","value":"{{voucher.v}}","currencyCode":"{{voucher.c}}"}]}}"#
            ),
            ValidationCase(
                #"{"storeCard":{"primaryFields":[{"key":"a","value":"{{voucher.day}}","dateStyle":"PKDateStyleShort"}]}}"#
            ),
            ValidationCase(
                #"{"storeCard":{"primaryFields":[{"key":"a","value":"1","changeMessage":"{{contact.m}} %@"}]}}"#),
            ValidationCase(
                #"{"barcodes":[{"format":"PKBarcodeFormatQR","message":"ü{{contact.x}}","messageEncoding":"us-ascii"}]}"#
            ),
            ValidationCase(#"{"semantics":{"flightNumber":"{{voucher.flight}}"}}"#),
        ])
    func unknown(testCase: ValidationCase) throws {
        try testCase.expectErrors(.storeCard, .template)
    }

    @Test(
        "refuses what no token can mend",
        arguments: [
            ValidationCase(#"{"maxDistance":"{{voucher.d}} m"}"#, "/pass/maxDistance"),
            ValidationCase(#"{"voided":"x{{voucher.v}}"}"#, "/pass/voided"),
            ValidationCase(#"{"locations":"{{voucher.a}}{{voucher.b}}"}"#, "/pass/locations"),
            ValidationCase(
                #"{"storeCard":{"primaryFields":[{"key":"a","value":"{{voucher.v}} €","currencyCode":"EUR"}]}}"#,
                "/pass/storeCard/primaryFields/0/value"),
            ValidationCase(
                #"{"storeCard":{"primaryFields":[{"key":"a","value":"1","changeMessage":"Now {{voucher.v}}"}]}}"#,
                "/pass/storeCard/primaryFields/0/changeMessage"),
            ValidationCase(
                #"{"backgroundColor":"rgb(300, 0, 0)","description":"{{contact.x}}"}"#, "/pass/backgroundColor"),
            // An escaped brace is text like any other.
            ValidationCase(#"{"backgroundColor":"{{{{contact.x}}"}"#, "/pass/backgroundColor"),
        ])
    func known(testCase: ValidationCase) throws {
        try testCase.expectErrors(.storeCard, .template)
    }

    @Test("repeats no value of a person in the final check")
    func privacy() throws {
        let faults = try ValidationCase(#"{"backgroundColor":"secret-of-ada"}"#).faults(.storeCard)
        #expect(faults.count == 1)
        #expect(!faults[0].detail.contains("secret"))
        let template = try ValidationCase(#"{"backgroundColor":"a typo"}"#).faults(.storeCard, .template)
        #expect(template[0].detail.contains("a typo"))
    }
}
