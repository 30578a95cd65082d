import Contracts
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct RequestedLinkTests {
    let now = Instant(seconds: 1_795_485_600)

    private func request(_ text: String) throws -> RequestedLink {
        try RequestedLink(try JSON.parse(text), at: now)
    }

    @Test("reads the request of the documentation")
    func reads() throws {
        let request = try request(
            """
            {"id":"r-1","campaignId":"spring-loyalty","platform":"apple","passKey":"c-1",
             "contact":{"id":"c-1","firstName":"Ada"},"voucher":{"code":"AB12","value":10.5},
             "expiresAt":"2027-01-01T00:00:00Z"}
            """)
        #expect(request.id == "r-1")
        #expect(request.claims.passKey.rawValue == "c-1")
        #expect(request.claims.contact["firstName"] == "Ada")
        #expect(request.claims.expiresAt == Instant(rfc3339: "2027-01-01T00:00:00Z"))
        #expect(request.claims.issuedAt == now)
    }

    @Test(
        "makes the pass key of contact.id and voucher.code, always in two places",
        arguments: [
            (#""contact":{"id":"c-1"}"#, #"["c-1",null]"#),
            (#""voucher":{"code":"AB12"}"#, #"[null,"AB12"]"#),
            (#""contact":{"id":7},"voucher":{"code":"7"}"#, #"[7,"7"]"#),
            (#""contact":{"id":"a\"b"}"#, #"["a\"b",null]"#),
        ])
    func defaultKey(members: String, key: String) throws {
        let request = try request(#"{"campaignId":"c","platform":"any",\#(members)}"#)
        #expect(request.claims.passKey.rawValue == key)
    }

    @Test("makes a new random key for each request that names neither")
    func randomKey() throws {
        let text = #"{"campaignId":"c","platform":"any","contact":{"firstName":"Ada"}}"#
        #expect(try request(text).claims.passKey != request(text).claims.passKey)
    }

    @Test(
        "names the member that is at fault",
        arguments: [
            (#"{"platform":"apple"}"#, "campaignId"),
            (#"{"campaignId":"c"}"#, "platform"),
            (#"{"campaignId":"c","platform":"windows"}"#, "platform"),
            (#"{"campaignId":"C_!","platform":"apple"}"#, "campaignId"),
            (#"{"campaignId":"c","platform":"apple","voucer":{}}"#, "voucer"),
            (#"{"campaignId":"c","platform":"apple","voucer":null}"#, "voucer"),
            (#"{"campaignId":"c","platform":"apple","contact":[]}"#, "contact"),
            (#"{"campaignId":"c","platform":"apple","id":7}"#, "id"),
            (#"{"campaignId":"c","platform":"apple","passKey":""}"#, "passKey"),
            (#"{"campaignId":"c","platform":"apple","expiresAt":"2020-01-01T00:00:00Z"}"#, "expiresAt"),
            (#"{"campaignId":"c","platform":"apple","expiresAt":"tomorrow"}"#, "expiresAt"),
        ])
    func faults(text: String, member: String) throws {
        let fault = #expect(throws: RequestedLinkFault.self) { try request(text) }
        #expect(fault?.member == member)
    }
}
