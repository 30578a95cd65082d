import Contracts
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct PersonalizationRenewalTests {
    private static let nfc = #","nfc":{"message":"m","encryptionPublicKey":"\#(CampaignVersions.p256)"}"#
    private let later = CampaignVersions.made.adding(seconds: 90)

    private func card(form: String?, nfc: Bool = true) -> String {
        let beside = form.map { #","personalization":{"requiredFields":["name"],"description":"\#($0)"}"# } ?? ""
        return CampaignVersions.card(nfc ? Self.nfc : "", beside: beside)
    }

    private func transition(
        _ old: String, _ new: String, images: [(String, [UInt8])] = [("icon.png", [1])],
        change: (inout PassIssuer.Pass) -> Void = { _ in }, before: (inout PassIssuer.Pass) -> Void = { _ in }
    ) throws -> PassTransition {
        let renewal = PassRenewal(
            from: try CampaignVersions.version(1, old), to: try CampaignVersions.version(2, new, images: images))
        var pass = try CampaignVersions.pass()
        before(&pass)
        var data = pass
        change(&data)
        return try renewal.transition(of: pass, to: data, because: .personalization, at: later)
    }

    private func enrol(_ pass: inout PassIssuer.Pass) {
        pass.enrolment = Enrolment(at: later, tokenHash: [1], keys: [.fullName])
        pass.contact["fullName"] = "Ada"
    }

    @Test("a pass that is personalised is seen though no field of it shows what was entered")
    func personalised() throws {
        let version = try CampaignVersions.version(1, card(form: "Join"))
        let pass = try CampaignVersions.pass()
        var data = pass
        enrol(&data)
        let change = try PassRenewal(from: version, to: version).transition(
            of: pass, to: data, because: .personalization, at: later)
        #expect(change.changes == [.apple] && change.notices.count == 1)
        #expect(change.new.lastModified == later.wholeSeconds && change.new.changedAt == later)
    }

    @Test("a form that a campaign gets, changes or loses is seen by passes that are not personalised, and by no others")
    func forms() throws {
        let forms: [(String?, String?)] = [(nil, "Join"), ("Join", "Join us"), ("Join", nil)]
        for (old, new) in forms {
            #expect(try transition(card(form: old), card(form: new)).isVisible)
            #expect(try !transition(card(form: old), card(form: new), before: enrol).isVisible)
        }
        #expect(try !transition(card(form: "Join"), card(form: "Join")).isVisible)
    }

    @Test("another logo of the form is seen while it is shown, and by nobody else")
    func logos() throws {
        let images: [(String, [UInt8])] = [("icon.png", [1]), ("personalizationLogo.png", [2])]
        #expect(try transition(card(form: "Join"), card(form: "Join"), images: images).isVisible)
        #expect(try !transition(card(form: "Join"), card(form: "Join"), images: images, before: enrol).isVisible)
        #expect(try !transition(card(form: nil), card(form: nil), images: images).isVisible)
    }

    @Test("a void pass asks for nothing, nor does one without NFC")
    func silent() throws {
        let version = try CampaignVersions.version(1, card(form: "Join"))
        var pass = try CampaignVersions.pass()
        #expect(try version.asksOwner(of: pass, showing: version.check(pass)))
        pass.voided = true
        #expect(try !version.asksOwner(of: pass, showing: version.check(pass)))
        pass.voided = false
        let content = PassContent(pass: ["description": "Card"], localizations: [])
        #expect(!version.asksOwner(of: pass, showing: content))
    }
}
