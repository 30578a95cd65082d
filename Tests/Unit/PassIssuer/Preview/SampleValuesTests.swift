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
}
