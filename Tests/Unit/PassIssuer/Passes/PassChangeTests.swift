import Contracts
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct PassChangeTests {
    let made = Instant(seconds: 1_795_485_600)

    private func link(
        _ contact: JSONObject = ["id": "c-1"], issuedAt: Instant? = nil
    ) throws -> LinkClaims {
        LinkClaims(
            campaign: try #require(CampaignID(rawValue: "spring")), platform: .any,
            passKey: try #require(PassKey(rawValue: "c-1")), contact: contact, voucher: ["points": 10],
            issuedAt: issuedAt ?? made, expiresAt: nil)
    }

    private func pass() throws -> PassIssuer.Pass {
        let link = try link()
        return PassIssuer.Pass(
            link: link, serialNumber: SerialNumber(campaign: link.campaign, passKey: link.passKey), platform: .apple,
            campaignVersion: 3, tokenKeyID: "k1", at: made)
    }

    @Test("a newer link brings newer data")
    func newerLink() throws {
        let opened = try pass().opened(by: try link(["id": "c-2"], issuedAt: made.adding(seconds: 5)), on: .apple)
        #expect(opened.contact == ["id": "c-2"])
        #expect(opened.dataAt == made.adding(seconds: 5))
    }

    @Test("an older link, and the same link again, change nothing", arguments: [-5, 0])
    func olderLink(seconds: Int) throws {
        let pass = try pass()
        let again = try link(["id": "c-2"], issuedAt: made.adding(seconds: seconds))
        #expect(pass.opened(by: again, on: .apple) == pass)
    }

    @Test("a pass opened on a second platform is one pass that lives on both")
    func bothPlatforms() throws {
        #expect(try pass().opened(by: try link(), on: .google).platforms == [.apple, .google])
    }

    @Test("merges a patch as RFC 7396 says")
    func patch() throws {
        let now = made.adding(seconds: 90)
        let patch = PassPatch(contact: .value(["id": .null, "name": "Ada"]), voucher: .value(["points": 20]))
        let changed = try pass().patched(with: patch, at: now)
        #expect(changed.contact == ["name": "Ada"])
        #expect(changed.voucher == ["points": 20])
        #expect(changed.dataAt == now)
    }

    @Test("a patch that changes nothing leaves the pass as it is")
    func emptyPatch() throws {
        let pass = try pass()
        let patch = PassPatch(contact: .value(["id": "c-1"]), voucher: .value(["gone": .null]), voided: .value(false))
        #expect(pass.patched(with: patch, at: made.adding(seconds: 90)) == pass)
    }

    @Test("another package moves Last-Modified by a second at least, any other change leaves it")
    func stamps() throws {
        let pass = try pass()
        let seen = pass.stamped(over: pass, movesPackage: true, at: made)
        #expect(seen.lastModified == pass.lastModified + 1 && seen.version == 2)
        let unseen = pass.stamped(over: pass, movesPackage: false, at: made.adding(seconds: 9))
        #expect(unseen.lastModified == pass.lastModified && unseen.version == 2)
    }

    @Test("one pass key of one campaign has one serial number, and no two share theirs")
    func serialNumbers() throws {
        let a = try #require(CampaignID(rawValue: "a"))
        let ab = try #require(CampaignID(rawValue: "ab"))
        let key = try #require(PassKey(rawValue: "c"))
        let longer = try #require(PassKey(rawValue: "bc"))
        // printf 'a\0c' | sha256sum | cut -c1-40
        #expect(SerialNumber(campaign: a, passKey: key).rawValue == "b179f49283f586ae1922b625af4017aecdf77e7e")
        #expect(SerialNumber(campaign: a, passKey: longer) != SerialNumber(campaign: ab, passKey: key))
    }
}
