import Cryptography
import HTTPTypes
import Testing

@testable import PassIssuer

@Suite struct LinkMinterTests {
    @Test(
        "makes the same signed link as Python, byte for byte", arguments: ["https://w.example", "https://w.example/"])
    func signs(baseURL: String) throws {
        let minter = LinkMinter(keys: try #require(LinkFixtures.keys), format: .signed, baseURL: baseURL)
        let url = try minter.url(for: .pass(try LinkFixtures.claims()))
        #expect(url == "https://w.example/api/pass/create/" + (try LinkFixtures.link("signed")))
    }

    @Test("shows no personal data in an encrypted link, and reads it again")
    func encrypts() throws {
        let keys = try #require(LinkFixtures.keys)
        let claims = try LinkFixtures.claims()
        let url = try LinkMinter(keys: keys, format: .encrypted, baseURL: "https://w.example").url(for: .pass(claims))
        let link = String(url.dropFirst("https://w.example/api/pass/create/".count))
        for part in link.split(separator: ".") {
            let text = String(decoding: Base64URL.decode(String(part)) ?? [], as: UTF8.self)
            #expect(!text.contains("firstName") && !text.contains("spring-loyalty"))
        }
        #expect(try LinkReader(keys: keys).content(of: link, at: LinkFixtures.whileValid) == .pass(claims))
    }

    @Test("refuses a link that would be longer than 8,000 bytes")
    func refusesLong() throws {
        let minter = LinkMinter(keys: try #require(LinkFixtures.keys), format: .signed, baseURL: "https://w.example")
        var claims = try LinkFixtures.claims()
        claims.contact["note"] = .string(String(repeating: "x", count: 6_000))
        #expect(throws: RequestedLinkFault.self) { try minter.url(for: .pass(claims)) }
    }
}
