import Contracts
import Cryptography
import HTTPTypes
import Testing

@testable import PassIssuer

@Suite struct LinkReaderTests {
    let reader: LinkReader

    init() throws {
        reader = LinkReader(keys: try #require(LinkFixtures.keys))
    }

    @Test("reads the claims of a link that Python made", arguments: ["signed", "encrypted"])
    func reads(name: String) throws {
        let claims = try reader.content(of: try LinkFixtures.link(name), at: LinkFixtures.whileValid)
        #expect(claims == .pass(try LinkFixtures.claims()))
    }

    @Test(
        "does not believe a link that is not ours",
        arguments: [
            "otherKeyID", "otherKey", "none", "noneUpperCase", "hs512", "critical", "otherIssuer", "noCampaign",
            "numericExpiryAsText", "shortSignature", "alteredClaims", "encryptedAltered",
        ])
    func refuses(name: String) throws {
        let link = try LinkFixtures.link(name)
        #expect(throws: LinkError.untrusted) { try reader.content(of: link, at: LinkFixtures.whileValid) }
    }

    @Test("does not believe a signature that no encoder writes") func refusesOddSignature() throws {
        // 32 bytes are 43 characters of which the last ends with two zero bits; B ends with a one.
        let link = String(try LinkFixtures.link("signed").dropLast()) + "B"
        #expect(throws: LinkError.untrusted) { try reader.content(of: link, at: LinkFixtures.whileValid) }
    }

    @Test(
        "says of a text that it is no link",
        arguments: ["", "x", "a.b", "a.b.c", "..", "a.b.c.d", "....", "e30.e30", "bm90IGpzb24.e30.AA", "e30.e30.=="])
    func refusesOtherTexts(link: String) {
        #expect(throws: LinkError.malformed) { try reader.content(of: link, at: LinkFixtures.whileValid) }
    }

    @Test("says of a link whose time is over that it has expired, from the very second on")
    func refusesExpired() throws {
        let link = try LinkFixtures.link("signed")
        _ = try reader.content(of: link, at: Instant(microseconds: 1_798_761_599_999_999))
        #expect(throws: LinkError.expired) { try reader.content(of: link, at: Instant(seconds: 1_798_761_600)) }
    }
}
