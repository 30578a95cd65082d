import Contracts
import JSON
import Testing

@testable import PassIssuer

@Suite struct SampleValuesTests {
    private static let pass: JSONObject = [
        "description": "Card", "organizationName": "Acme", "expirationDate": "{{voucher.end}}",
        "backgroundColor": "{{voucher.colour}}", "voided": "{{voucher.void}}",
        "locations": [["latitude": "{{voucher.place.latitude}}", "longitude": "{{voucher.place.longitude}}"]],
        "storeCard": [
            "primaryFields": [["key": "a", "value": "{{voucher.sum}}", "currencyCode": "EUR"]],
            "secondaryFields": [["key": "b", "value": "{{contact.when}}", "dateStyle": "PKDateStyleShort"]],
            "backFields": [["key": "c", "value": "Dear {{contact.firstName}}"]],
        ],
    ]

    @Test("fit their places: what they make is a pass without errors", arguments: [PreviewSample.typical, .longest])
    func fitting(sample: PreviewSample) throws {
        let content = try CampaignContent(CampaignDefinition(pass: Self.pass), hasOrganizationName: true)
        let values = SampleValues(for: content, sample).values
        // Throws when the pass would have an error.
        _ = try content.content(for: values)
        #expect(values.voucher["place"]?["latitude"]?.numberValue != nil)
        #expect(values.voucher["void"] == true)
        #expect(values.contact["firstName"]?.stringValue?.hasPrefix(sample == .typical ? "Ada" : "Max") == true)
    }

    private static func warnings(_ change: (inout JSONObject) -> Void) -> [PassFault] {
        var pass = pass
        change(&pass)
        return SampleReview.warnings(about: CampaignDefinition(pass: pass), hasOrganizationName: true)
    }

    @Test("warn of nothing where they fit, and of content without tokens")
    func silent() {
        #expect(Self.warnings { _ in } == [])
        #expect(Self.warnings { $0 = ["description": "Card", "organizationName": "A", "generic": [:]] } == [])
    }

    @Test("find a date that text around its token spoils, with place, reason and remedy, as a warning")
    func spoiltDate() throws {
        let found = Self.warnings { $0["expirationDate"] = "on {{voucher.end}}" }
        let warning = try #require(found.first)
        #expect(found.count == 1 && warning.severity == .warning)
        #expect(warning.pointer.description == "/pass/expirationDate")
        #expect(warning.reason.hasPrefix("With typical sample values for its tokens: "))
        #expect(warning.remedy.contains("Links with such values are answered 422"))
    }

    @Test("find what only long values make wrong")
    func tooLong() throws {
        let found = Self.warnings {
            $0["nfc"] = [
                "message": "member {{contact.firstName}} {{contact.lastName}} {{contact.code}} of the club",
                "encryptionPublicKey": "{{voucher.key}}",
            ]
        }
        #expect(found.map(\.pointer.description) == ["/pass/nfc/message"])
        #expect(found.first?.reason.hasPrefix("With long sample values") == true)
    }
}
