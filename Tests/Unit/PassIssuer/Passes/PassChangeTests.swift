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

    @Test("a newer link brings newer data and a later Last-Modified")
    func newerLink() throws {
        let pass = try pass()
        let changed = pass.opened(by: try link(["id": "c-2"], issuedAt: made.adding(seconds: 5)), on: .apple, at: made)
        #expect(changed.contact == ["id": "c-2"])
        #expect(changed.dataAt == made.adding(seconds: 5))
        #expect(changed.lastModified == pass.lastModified + 1)
        #expect(changed.version == pass.version + 1)
    }

    @Test("an older link, and the same link again, change nothing", arguments: [-5, 0])
    func olderLink(seconds: Int) throws {
        let pass = try pass()
        let again = pass.opened(
            by: try link(["id": "c-2"], issuedAt: made.adding(seconds: seconds)), on: .apple,
            at: made.adding(seconds: 60))
        #expect(again == pass)
    }

    @Test("a newer link with the same data moves dataAt, but nothing that a phone would fetch")
    func sameData() throws {
        let pass = try pass()
        let changed = pass.opened(by: try link(issuedAt: made.adding(seconds: 5)), on: .apple, at: made)
        #expect(changed.dataAt == made.adding(seconds: 5))
        #expect(changed.hasSameContent(as: pass))
        #expect(changed.lastModified == pass.lastModified)
    }

    @Test("a pass opened on a second platform is one pass that lives on both")
    func bothPlatforms() throws {
        let changed = try pass().opened(by: try link(), on: .google, at: made)
        #expect(changed.platforms == [.apple, .google])
        #expect(changed.hasSameContent(as: try pass()))
    }

    @Test("merges a patch as RFC 7396 says")
    func patch() throws {
        let now = made.adding(seconds: 90)
        let patch = PassPatch(contact: .value(["id": .null, "name": "Ada"]), voucher: .value(["points": 20]))
        let changed = try pass().patched(with: patch, at: now)
        #expect(changed.contact == ["name": "Ada"])
        #expect(changed.voucher == ["points": 20])
        #expect(changed.dataAt == now)
        #expect(changed.lastModified == now.wholeSeconds)
    }

    @Test("a patch that changes nothing leaves the pass as it is")
    func emptyPatch() throws {
        let pass = try pass()
        let patch = PassPatch(contact: .value(["id": "c-1"]), voucher: .value(["gone": .null]), voided: .value(false))
        #expect(pass.patched(with: patch, at: made.adding(seconds: 90)) == pass)
    }

    @Test("Last-Modified grows with each of many changes in one second")
    func growsStrictly() throws {
        var pass = try pass()
        var seen = [pass.lastModified]
        for points in 11...15 {
            pass = pass.patched(with: PassPatch(voucher: .value(["points": .number(JSONNumber(points))])), at: made)
            seen.append(pass.lastModified)
        }
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0 < $1 })
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
