import GoogleWalletSchema
import JSON
import Testing

@Suite struct GoogleFieldPathTests {
    @Test(arguments: [
        "object.textModulesData['member_name']", "object.textModulesData['a-B_20']", "class.venue.name",
        "object.purchaseDetails.ticketCost.purchasePrice", "class.imageModulesData['footer']",
    ])
    func readsAndWritesAPath(text: String) {
        #expect(GoogleFieldPath(text)?.text == text)
    }

    @Test(arguments: [
        "", "object", "object.", "textModulesData['x']", "object.textModulesData['a.b']", "object.textModulesData[0]",
        "object.textModulesData['']", "class..name", "object.a b",
    ])
    func refusesWhatIsNoPath(text: String) {
        #expect(GoogleFieldPath(text) == nil)
    }

    @Test(arguments: [
        ("class.venue.name", GoogleKind.eventTicket, true), ("class.venue.name", .offer, false),
        ("object.loyaltyPoints.balance", .loyalty, true), ("object.loyaltyPoints.balance", .giftCard, false),
        ("object.textModulesData['x']", .generic, true), ("object.textModulesData", .generic, false),
        ("class.issuerName", .generic, false), ("object.ticketLeg.ticketSeat.coach", .transit, true),
    ])
    func knowsWhichKindsHaveAField(text: String, kind: GoogleKind, exists: Bool) throws {
        #expect(try #require(GoogleFieldPath(text)).exists(in: kind) == exists)
    }

    @Test func findsTheValue() throws {
        let classResource: JSONObject = ["venue": ["name": ["defaultValue": ["language": "en", "value": "Hall"]]]]
        let object: JSONObject = ["textModulesData": [["id": "a", "body": "A"], ["id": "b", "body": "B"]]]
        let first = try #require(GoogleFieldPath("object.textModulesData['b']"))
        #expect(first.value(class: classResource, object: object) == ["id": "b", "body": "B"])
        let missing = try #require(GoogleFieldPath("object.textModulesData['c']"))
        #expect(missing.value(class: classResource, object: object) == nil)
        let venue = try #require(GoogleFieldPath("class.venue.address"))
        #expect(venue.value(class: classResource, object: object) == nil)
    }
}
