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
        #expect(try request.claims.passKey.rawValue == "c-1")
        #expect(try request.claims.contact["firstName"] == "Ada")
        #expect(try request.claims.expiresAt == Instant(rfc3339: "2027-01-01T00:00:00Z"))
        #expect(try request.claims.issuedAt == now)
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
        #expect(try request.claims.passKey.rawValue == key)
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

    @Test("reads several passes, which have what stands beside them where they say nothing themselves")
    func passes() throws {
        let request = try request(
            """
            {"id":"r-1","campaignId":"spring","platform":"any","contact":{"id":"c-1"},"expiresAt":"2027-01-01T00:00:00Z",
             "passes":[{"voucher":{"code":"A"}},{"campaignId":"autumn","passKey":"k","contact":{"id":"c-2"}}]}
            """)
        guard case .bundle(let bundle) = request.content else { throw Unexpected() }
        #expect(bundle.passes.map(\.campaign.rawValue) == ["spring", "autumn"])
        #expect(bundle.passes.map(\.passKey.rawValue) == [#"["c-1","A"]"#, "k"])
        #expect(bundle.passes.map { $0.contact["id"] } == ["c-1", "c-2"])
        for pass in bundle.passes {
            #expect(pass.platform == .any && pass.issuedAt == now && pass.expiresAt == bundle.expiresAt)
        }
        #expect(bundle.expiresAt == Instant(rfc3339: "2027-01-01T00:00:00Z"))
    }

    @Test("makes an ordinary link of a list with one pass")
    func onePass() throws {
        let request = try request(#"{"platform":"apple","passes":[{"campaignId":"c","passKey":"k"}]}"#)
        #expect(try request.claims.passKey.rawValue == "k")
    }

    @Test(
        "names the pass of a list that is at fault, and its member",
        arguments: [
            (#""passes":[]"#, "/passes"), (#""passes":{}"#, "/passes"), (#""passes":"many""#, "/passes"),
            (#""passKey":"k","passes":[{}]"#, "/passKey"), (#""passes":[{"campaignId":"c"},7]"#, "/passes/1"),
            (#""passes":[{"passKey":"k"}]"#, "/passes/0/campaignId"),
            (#""passes":[{"campaignId":"c","platform":"apple"}]"#, "/passes/0/platform"),
            (#""passes":[{"campaignId":"c"},{"campaignId":"c","contact":[]}]"#, "/passes/1/contact"),
            (#""campaignId":"c","passes":[{"passKey":"k"},{"passKey":"l"},{"passKey":"k"}]"#, "/passes/2"),
            (#""campaignId":"c","contact":{"id":"c-1"},"passes":[{},{}]"#, "/passes/1"),
            (#""campaignId":"c","passes":[{},{},{},{},{},{},{},{},{},{},{}]"#, "/passes"),
        ])
    func faultsOfPasses(members: String, pointer: String) throws {
        let fault = #expect(throws: RequestedLinkFault.self) { try request(#"{"platform":"any",\#(members)}"#) }
        #expect(fault?.pointer(from: .root).description == pointer)
    }
}

private struct Unexpected: Error {}

extension RequestedLink {
    /// The one pass of the link.
    fileprivate var claims: LinkClaims {
        get throws {
            guard case .pass(let claims) = content else { throw Unexpected() }
            return claims
        }
    }
}
