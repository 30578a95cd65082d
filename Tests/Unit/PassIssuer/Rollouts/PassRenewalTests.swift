import Contracts
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct PassRenewalTests {
    private let later = CampaignVersions.made.adding(seconds: 90)

    private func transition(
        _ old: String, _ new: String, voucher: JSONObject = ["points": 1],
        change: (inout PassIssuer.Pass) -> Void = { _ in }
    ) throws -> PassTransition {
        let renewal = PassRenewal(
            from: try CampaignVersions.version(1, old), to: try CampaignVersions.version(2, new))
        let pass = try CampaignVersions.pass(voucher: voucher)
        var data = pass
        change(&data)
        return try renewal.transition(of: pass, to: data, because: .newCampaignVersion(2), at: later)
    }

    @Test("a new version that shows something else is seen, told, and has a later Last-Modified")
    func visible() throws {
        let change = try transition(CampaignVersions.card(), CampaignVersions.card(#","logoText":"New""#))
        #expect(change.isVisible && change.refusal == nil)
        #expect(change.new.campaignVersion == 2 && change.new.version == 2)
        #expect(change.new.lastModified == later.wholeSeconds)
        #expect(change.new.changedAt == later)
        #expect(change.notices.count == 1)
    }

    @Test(
        "a new version that shows the same is stored, and nobody is told",
        arguments: [
            // Written in another order, and by a token in place of its value.
            (CampaignVersions.card(), CampaignVersions.card()),
            (
                CampaignVersions.card(),
                #"{"pass":{"storeCard":{"primaryFields":[{"value":"{{voucher.points}}","label":"Points","key":"p"}]},"description":"Card"}}"#
            ),
            (CampaignVersions.card(value: "1 point"), CampaignVersions.card(value: "{{voucher.points}} point")),
            // Defaults and patches for Google that this pass does not need on a phone.
            (CampaignVersions.card(), CampaignVersions.card(beside: #","tokens":{"defaults":{"voucher.points":7}}"#)),
            (CampaignVersions.card(), CampaignVersions.card(beside: #","google":{"kind":"loyalty"}"#)),
        ])
    func invisible(old: String, new: String) throws {
        let change = try transition(old, new)
        #expect(!change.isVisible)
        #expect(change.notices.isEmpty)
        #expect(change.new.campaignVersion == 2 && change.new.version == 2)
        #expect(change.new.lastModified == change.old.lastModified)
        #expect(change.new.changedAt == nil)
    }

    @Test("a translation that all passes share, or one with a token, is part of what phones see")
    func localizations() throws {
        let german = #","localizations":{"de":{"Points":"Punkte"}}"#
        #expect(try transition(CampaignVersions.card(), CampaignVersions.card(beside: german)).isVisible)
        let own = #","localizations":{"de":{"Points":"Punkte von {{voucher.points}}"}}"#
        let other = #","localizations":{"de":{"Points":"Punkte, {{voucher.points}}"}}"#
        #expect(try transition(CampaignVersions.card(beside: own), CampaignVersions.card(beside: other)).isVisible)
        #expect(try !transition(CampaignVersions.card(beside: own), CampaignVersions.card(beside: own)).isVisible)
    }

    @Test("another picture is seen whatever the text is")
    func images() throws {
        let renewal = PassRenewal(
            from: try CampaignVersions.version(1, CampaignVersions.card()),
            to: try CampaignVersions.version(2, CampaignVersions.card(), images: [("icon.png", [2])]))
        let pass = try CampaignVersions.pass()
        #expect(try renewal.transition(of: pass, to: pass, because: .massUpdate, at: later).isVisible)
    }

    @Test("a pass that lacks a token of the new version stays in its last good one, with the reason")
    func refused() throws {
        let change = try transition(CampaignVersions.card(), CampaignVersions.card(#","logoText":"{{contact.name}}""#))
        #expect(change.new == change.old)
        #expect(!change.isVisible && change.notices.isEmpty)
        #expect(change.refusal?.first?.reason.contains("contact.name") == true)
    }

    @Test("data that bring the missing token bring the pass to the new version too")
    func healed() throws {
        let change = try transition(CampaignVersions.card(), CampaignVersions.card(#","logoText":"{{contact.name}}""#))
        {
            $0.contact = ["name": "Ada"]
        }
        #expect(change.new.campaignVersion == 2 && change.refusal == nil && change.isVisible)
    }

    @Test("data that fit neither version are refused, with the faults of the one that the pass has")
    func faulty() throws {
        let error = #expect(throws: IssuingError.self) {
            try transition(CampaignVersions.card(), CampaignVersions.card(#","logoText":"{{contact.name}}""#)) {
                $0.voucher = [:]
            }
        }
        guard case .faultyPass(let faults)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(faults.map(\.reason) == ["The token voucher.points has no value."])
    }

    @Test("data of which the pass shows nothing are stored, and nobody is told")
    func unseenData() throws {
        let renewal = PassRenewal(
            from: try CampaignVersions.version(1, CampaignVersions.card()),
            to: try CampaignVersions.version(1, CampaignVersions.card()))
        let pass = try CampaignVersions.pass()
        var data = pass
        data.contact = ["phone": "1"]
        let change = try renewal.transition(of: pass, to: data, because: .patch, at: later)
        #expect(!change.isVisible && change.new.version == 2 && change.new.lastModified == pass.lastModified)
    }

    @Test("a pass that is voided is seen, unless its campaign voids it already")
    func voided() throws {
        let void: (inout PassIssuer.Pass) -> Void = { $0.voided = true }
        #expect(try transition(CampaignVersions.card(), CampaignVersions.card(), change: void).isVisible)
        let ended = CampaignVersions.card(#","voided":true"#)
        #expect(try !transition(ended, ended, change: void).isVisible)
    }

    @Test("Last-Modified grows strictly, however many changes fall into a second")
    func strictlyGrowing() throws {
        let version = try CampaignVersions.version(1, CampaignVersions.card())
        let renewal = PassRenewal(from: version, to: version)
        var pass = try CampaignVersions.pass()
        var seen = [pass.lastModified]
        for points in 2...6 {
            var data = pass
            data.voucher = ["points": .number(JSONNumber(points))]
            pass = try renewal.transition(of: pass, to: data, because: .patch, at: CampaignVersions.made).new
            seen.append(pass.lastModified)
        }
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("each wallet is told of what it shows itself: a patch of the object is Google's, a picture is Apple's")
    func wallets() throws {
        let patch = #","google":{"object":{"state":"{{voucher.points}}"}}"#
        let renewal = PassRenewal(
            from: try CampaignVersions.version(1, CampaignVersions.card(), hasGoogle: true),
            to: try CampaignVersions.version(2, CampaignVersions.card(beside: patch), hasGoogle: true))
        var pass = try CampaignVersions.pass()
        for platforms: Set<Platform> in [[.apple], [.google], [.apple, .google]] {
            pass.platforms = platforms
            let change = try renewal.transition(of: pass, to: pass, because: .newCampaignVersion(2), at: later)
            #expect(change.changes == platforms.intersection([.google]))
            #expect(change.notices == (platforms.contains(.google) ? [.googleObjects([pass.serialNumber])] : []))
            // No phone fetches anything, so its date stays.
            #expect(change.new.lastModified == pass.lastModified)
        }
        let picture = PassRenewal(
            from: try CampaignVersions.version(1, CampaignVersions.card(), hasGoogle: true),
            to: try CampaignVersions.version(
                2, CampaignVersions.card(), images: [("icon.png", [2])], hasGoogle: true))
        let change = try picture.transition(of: pass, to: pass, because: .newCampaignVersion(2), at: later)
        #expect(change.changes == [.apple])
    }

    @Test("data that both wallets show are told to both, and a pass that is new to Google is no change to it")
    func bothWallets() throws {
        let version = try CampaignVersions.version(1, CampaignVersions.card(), hasGoogle: true)
        let renewal = PassRenewal(from: version, to: version)
        var pass = try CampaignVersions.pass()
        var opened = pass
        opened.platforms = [.apple, .google]
        let joined = try renewal.transition(of: pass, to: opened, because: .newerLink, at: later)
        #expect(joined.changes.isEmpty && joined.new.version == 2 && joined.new.platforms == [.apple, .google])
        pass = joined.new
        var data = pass
        data.voucher = ["points": 2]
        let change = try renewal.transition(of: pass, to: data, because: .patch, at: later)
        #expect(change.changes == [.apple, .google] && change.notices.count == 2)
    }

    @Test("names the fields whose change people will not notice")
    func warnings() throws {
        let version = try CampaignVersions.version(1, CampaignVersions.card())
        let renewal = PassRenewal(from: version, to: version)
        let pass = try CampaignVersions.pass()
        var data = pass
        data.voucher = ["points": 2]
        let change = try renewal.transition(of: pass, to: data, because: .patch, at: later)
        let warnings = renewal.warnings(about: change)
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("\"p\"") == true && warnings.first?.contains("changeMessage") == true)
    }
}
