import Contracts
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct ForcedEndTests {
    @Test("ends a campaign by force, and voids each pass in the version that it has")
    func ends() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, registry in
            try await issuer.putActiveCampaign()
            let link = try await issuer.link()
            #expect(try await issuer.open(link).status == 200)
            try await issuer.makePasses(4)
            #expect(try await issuer.admin(.delete, "/admin/v1/campaigns/spring").status == 409)
            #expect(try await issuer.admin(.delete, "/admin/v1/campaigns/spring?force=true").status == 204)
            let campaign = try await issuer.admin(.get, "/admin/v1/campaigns/spring")
            #expect(campaign.json["state"] == "ended")
            #expect(campaign.json["rollout"]?["cause"] == "campaignEnded")
            let rollout = try await issuer.ended(try issuer.rolloutID(campaign))
            #expect(rollout.total == 5 && rollout.notified == 5)
            #expect(try await issuer.number("SELECT count(*) FROM issuer.passes WHERE voided") == 5)
            #expect(await eventually { registry.serialNumbers.count == 5 })
            #expect(try await issuer.open(link).status == 410)
            #expect(try await issuer.open(try await issuer.link(key: "new")).status == 410)
            let serial = try #require(try await issuer.serialNumbers().first)
            #expect(try Package(try await issuer.package(serial).body).json["voided"] == true)
        }
    }

    @Test("takes no second end while one is under way, and a later change of the campaign takes nothing back")
    func once() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(3)
            await issuer.stopBackgroundWork()
            let changed = try issuer.rolloutID(try await issuer.change())
            for _ in 0..<2 {
                #expect(try await issuer.admin(.delete, "/admin/v1/campaigns/spring?force=true").status == 204)
            }
            #expect(try await issuer.count("rollouts") == 2)
            #expect(try await issuer.rollout(changed).state == .superseded)
            let again = try await issuer.change(pass: ["description": "Milk card"])
            #expect(again.json["state"] == "ended")
            let replica = try issuer.replica()
            for id in try await issuer.pool.query("SELECT id FROM issuer.rollouts").map({ try $0.decode(String.self) })
            {
                try await issuer.ended(id)
            }
            #expect(
                try await issuer.number("SELECT count(*) FROM issuer.passes WHERE voided AND campaign_version = 4") == 3
            )
            await replica.stop()
        }
    }

    @Test("a campaign without passes is deleted, with force or without")
    func empty() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            #expect(try await issuer.admin(.delete, "/admin/v1/campaigns/spring?force=true").status == 204)
            #expect(try await issuer.admin(.get, "/admin/v1/campaigns/spring").status == 404)
            #expect(try await issuer.admin(.delete, "/admin/v1/campaigns/spring?force=true").status == 404)
        }
    }

    @Test("a pass that is made while its campaign is ended either is voided, or is not made")
    func race() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            _ = try await issuer.open(try await issuer.link(key: "first"))
            var links: [String] = []
            for number in 0..<24 { links.append(try await issuer.link(key: "c-\(number)")) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for link in links {
                    group.addTask {
                        let status = try await issuer.open(link).status
                        #expect([200, 410].contains(status))
                    }
                }
                group.addTask {
                    let answer = try await issuer.admin(.delete, "/admin/v1/campaigns/spring?force=true")
                    #expect(answer.status == 204)
                }
                try await group.waitForAll()
            }
            let campaign = try await issuer.admin(.get, "/admin/v1/campaigns/spring")
            let rollout = try await issuer.ended(try issuer.rolloutID(campaign))
            #expect(try await issuer.count("passes") == rollout.total)
            #expect(campaign.json["passes"]?.intValue == rollout.total)
            #expect(try await issuer.number("SELECT count(*) FROM issuer.passes WHERE NOT voided") == 0)
        }
    }
}
