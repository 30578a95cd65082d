import JSON
import Testing

@testable import PassIssuer

@Suite struct FinalCheckTests {
    private static let validator = PassValidator(hasOrganizationName: true)

    private static let template: JSONValue = [
        "description": "{{contact.a}}", "expirationDate": "{{contact.b}}",
        "backgroundColor": "rgb({{contact.c}}, 0, 0)",
        "maxDistance": "{{contact.d}}", "voided": "{{contact.e}}",
        "barcodes": [
            [
                "format": "PKBarcodeFormatQR", "message": "{{contact.f}}", "messageEncoding": "iso-8859-1",
                "altText": "{{contact.a}}",
            ],
            ["format": "PKBarcodeFormatEAN13", "message": "{{contact.f}}", "messageEncoding": "iso-8859-1"],
        ],
        "eventTicket": [
            "headerFields": [["key": "h", "value": "{{contact.d}}", "currencyCode": "{{contact.g}}"]],
            "auxiliaryFields": [
                ["key": "x", "value": "fixed"],
                ["key": "p", "value": "{{contact.a}}", "label": "{{contact.h}}"],
                ["key": "q", "value": "{{contact.d}}", "numberStyle": "PKNumberStyleDecimal"],
                ["key": "y", "value": "{{contact.b}}", "dateStyle": "PKDateStyleShort", "label": "Hi {{contact.a}}"],
            ],
            "backFields": [
                [
                    "key": "z", "value": 1, "changeMessage": "{{contact.h}}",
                    "attributedValue": "<a href='x'>{{contact.a}}</a>",
                ],
                [
                    "key": "s", "value": 1,
                    "semantics": ["eventStartDate": "{{contact.b}}", "duration": "{{contact.d}}"],
                ],
            ],
        ],
    ]

    private static let choices: [String: [JSONValue]] = [
        "a": ["Ada", "", 5, "<b>x</b>"], "b": ["2027-01-01T00:00Z", "2027-01-01", true], "c": ["255", "256"],
        "d": [5, "5", -1], "e": [true, "true"], "f": ["x", "Łódź", "", " ", 7, "12345678901234567890"],
        "g": ["EUR", "euro"],
        "h": ["Now %@", "Now"],
    ]

    @Test("finds exactly the errors that the whole check finds, for every mixture of right and wrong values")
    func sameAsWhole() throws {
        let check = FinalCheck(of: Self.template, Self.validator)
        #expect(check.parts?.count == 13)
        let template = try CompiledTemplate.compile(Self.template)
        let keys = Self.choices.keys.sorted()
        let combinations = keys.reduce(1) { $0 * (Self.choices[$1]?.count ?? 1) }
        for number in stride(from: 0, to: combinations, by: 7) {
            var rest = number
            var contact = JSONObject()
            for key in keys {
                let values = try #require(Self.choices[key])
                contact[key] = values[rest % values.count]
                rest /= values.count
            }
            let pass = try template.render(TokenValues(contact: contact))
            let whole = Set(Self.validator.faults(inRendered: pass).errors)
            let parts = check.errors(in: pass)
            #expect(Set(parts) == whole)
            #expect(parts.count == Set(parts).count)
        }
    }

    @Test(
        "looks at everything when other parts depend on a token",
        arguments: [
            #"{"locations":"{{contact.x}}"}"#, #"{"storeCard":{"backFields":[{"key":"{{contact.x}}","value":1}]}}"#,
            #"{"eventTicket":{"auxiliaryFields":[{"key":"a","value":1,"row":"{{contact.x}}"}]}}"#,
            #"{"barcodes":[{"format":"{{contact.x}}"}]}"#, #"{"relevantDates":[{"date":"{{contact.x}}"}]}"#,
            #"{"storeCard":{"backFields":["{{contact.x}}"]}}"#, #"{"nfc":{"message":"{{contact.x}}"}}"#,
            #"{"semantics":{"eventName":"{{contact.x}}"}}"#, #"{"storeCard":"{{contact.x}}"}"#,
        ])
    func everything(template: String) throws {
        #expect(try FinalCheck(of: JSON.parse(template), Self.validator).parts == nil)
    }

    @Test("looks at nothing when there is no token")
    func nothing() throws {
        let template = try JSON.parse(#"{"description":"{{{{contact.x}}","coupon":{}}"#)
        #expect(FinalCheck(of: template, Self.validator).parts == [])
    }
}
