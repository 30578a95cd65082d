import Contracts
import HTTPTypes
import JSON
import Support
import Synchronization
import Testing

@testable import PassIssuer

@Suite struct RolloutTests {
    @Test("a change of a campaign reaches every pass, and the registry is told of each once")
    func reaches() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, registry in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(5)
            let answer = try await issuer.change()
            #expect(answer.json["rollout"]?["total"] == 5)
            #expect(answer.json["rollout"]?["cause"] == "campaignChanged")
            let rollout = try await issuer.ended(try issuer.rolloutID(answer))
            #expect(rollout.state == .done && rollout.notified == 5 && rollout.failed == 0 && rollout.unchanged == 0)
            #expect(rollout.campaignId?.rawValue == "spring" && rollout.finishedAt != nil)
            #expect(rollout.remainingSeconds == nil)
            #expect(await eventually { registry.serialNumbers.count == 5 })
            #expect(try await Set(registry.serialNumbers) == Set(issuer.serialNumbers()))
            #expect(try await issuer.number("SELECT count(*) FROM issuer.passes WHERE campaign_version = 3") == 5)
            #expect(try await issuer.admin(.get, "/admin/v1/campaigns/spring").json["rollout"]?["state"] == "done")
            let list = try await issuer.admin(.get, "/admin/v1/rollouts")
            #expect(list.json["items"]?.arrayValue?.count == 1)
            // The old version goes once no pass needs it.
            #expect(try await eventually { try await issuer.count("campaign_versions") == 1 })
        }
    }

    @Test("a campaign without passes has no rollout, and neither has a change of its name")
    func none() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            #expect(try await issuer.change().json["rollout"] == nil)
            try await issuer.makePasses(1)
            #expect(try await issuer.change(pass: ["description": "Tea card"], ["name": "New"]).json["rollout"] == nil)
        }
    }

    @Test("a change after which passes look the same is stored, and nobody is told")
    func unchanged() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, registry in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(3)
            let stamps: () async throws -> [Int] = {
                try await issuer.pool.query("SELECT last_modified FROM issuer.passes ORDER BY serial_number").map {
                    try $0.decode(Int.self)
                }
            }
            let before = try await stamps()
            // A default that no pass needs, since all have the value.
            let answer = try await issuer.change(
                pass: [:], ["tokens": ["defaults": ["contact.firstName": "dear friend"]]])
            let rollout = try await issuer.ended(try issuer.rolloutID(answer))
            #expect(rollout.unchanged == 3 && rollout.notified == 0 && rollout.total == 3)
            #expect(try await issuer.number("SELECT count(*) FROM issuer.passes WHERE campaign_version = 3") == 3)
            #expect(try await stamps() == before)
            #expect(
                try await issuer.number("SELECT count(*) FROM issuer.messages WHERE kind = 'passesChanged'") == 0)
            #expect(registry.serialNumbers.isEmpty)
        }
    }

    @Test(
        "a pass that can't be made of the new version keeps its last good one, is not told, and counts with its reason")
    func failed() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, registry in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(20)
            let answer = try await issuer.change(pass: ["logoText": "{{voucher.title}}"])
            let rollout = try await issuer.ended(try issuer.rolloutID(answer))
            #expect(rollout.notified == 2 && rollout.failed == 18 && rollout.errors.count == 18)
            #expect(rollout.errors.allSatisfy { $0.reason.contains("voucher.title") && $0.line == nil })
            #expect(Set(rollout.errors.compactMap(\.serialNumber)).count == 18)
            #expect(await eventually { registry.serialNumbers.count == 2 })
            #expect(
                try await issuer.number(
                    "SELECT count(*) FROM issuer.passes WHERE campaign_version = 2 AND version = 1") == 18)
            // With the missing token a pass comes to the new version.
            let serial = try #require(rollout.errors.first?.serialNumber?.rawValue)
            let patch: JSONValue = ["voucher": ["title": "Gold"]]
            #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(serial)", patch).status == 200)
            #expect(try Package(try await issuer.package(serial).body).json["logoText"] == "Gold")
        }
    }

    @Test("a campaign that changes again during its rollout supersedes it, and every pass ends in the newest version")
    func superseded() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, registry in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(50)
            await issuer.stopBackgroundWork()
            let first = try issuer.rolloutID(try await issuer.change())
            let second = try issuer.rolloutID(try await issuer.change(pass: ["description": "Milk card"]))
            #expect(try await issuer.rollout(first).state == .superseded)
            #expect(try await issuer.rollout(first).finishedAt != nil)
            #expect(try await issuer.admin(.post, "/admin/v1/rollouts/\(first)/resume").status == 409)
            let replica = try issuer.replica()
            #expect(try await issuer.ended(second).notified == 50)
            #expect(
                try await issuer.number(
                    "SELECT count(*) FROM issuer.passes WHERE campaign_version = 4 AND version = 2") == 50)
            #expect(await eventually { registry.serialNumbers.count == 50 })
            await replica.stop()
        }
    }

    @Test("pauses, goes on and takes another rate, until it has ended")
    func steered() async throws {
        try await IssuerUnderTest.run(withRegistry: ["ROLLOUT_RATE_PER_SECOND": "1"]) { issuer, registry in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(200)
            let id = try issuer.rolloutID(try await issuer.change())
            #expect(try await issuer.rollout(id).ratePerSecond == 1)
            let paused = try await issuer.admin(.post, "/admin/v1/rollouts/\(id)/pause")
            #expect(paused.status == 200 && paused.json["state"] == "paused")
            let rate = { (body: JSONValue) in try await issuer.admin(.post, "/admin/v1/rollouts/\(id)/rate", body) }
            #expect(try await rate(["perSecond": 100_000]).json["ratePerSecond"] == 100_000)
            #expect(try await rate(["perSecond": .null]).json["ratePerSecond"] == 1)
            for body: JSONValue in [["perSecond": 0], [:], ["perSecond": "x"], ["perSecond": 5, "x": 1]] {
                #expect(try await rate(body).status == 422)
            }
            #expect(try await rate(["perSecond": 100_000]).status == 200)
            let treated = try await issuer.rollout(id).notified
            #expect(treated < 10)
            #expect(try await issuer.rollout(id).state == .paused)
            #expect(try await issuer.admin(.post, "/admin/v1/rollouts/\(id)/resume").json["state"] == "running")
            #expect(try await issuer.ended(id).notified == 200)
            for path in ["pause", "resume"] {
                #expect(try await issuer.admin(.post, "/admin/v1/rollouts/\(id)/\(path)").status == 409)
            }
            #expect(try await rate(["perSecond": 5]).status == 409)
            #expect(try await issuer.admin(.post, "/admin/v1/rollouts/nobody/pause").status == 404)
            #expect(try await issuer.admin(.get, "/admin/v1/rollouts/nobody").status == 404)
        }
    }

    @Test("treats no more passes in a second than its rate allows")
    func rate() async throws {
        try await IssuerUnderTest.run(withRegistry: ["ROLLOUT_RATE_PER_SECOND": "20"]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(60)
            let clock = ContinuousClock()
            let start = clock.now
            let id = try issuer.rolloutID(try await issuer.change())
            #expect(try await issuer.ended(id).notified == 60)
            // Three batches, the second and third a second after the one before, and the end a second after the last.
            #expect(clock.now - start > .seconds(1.9))
        }
    }

    @Test(
        "a slow rollout whose turn comes late makes up for it at once, up to a bound, but not for a pause",
        arguments: [false, true])
    func arrears(wasPaused: Bool) async throws {
        try await IssuerUnderTest.run(withRegistry: ["ROLLOUT_RATE_PER_SECOND": "1"]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(60)
            await issuer.stopBackgroundWork()
            let id = try issuer.rolloutID(try await issuer.change())
            // As if it had begun an hour ago, and thousands of others had had their turns before.
            try await issuer.pool.execute(
                """
                WITH walk AS (UPDATE issuer.rollout_walks SET next_batch_at = clock_timestamp() - interval '1 hour')
                UPDATE issuer.rollouts SET paced_at = clock_timestamp() - interval '1 hour'
                """)
            if wasPaused {
                for step in ["pause", "resume"] {
                    _ = try await issuer.admin(.post, "/admin/v1/rollouts/\(id)/\(step)")
                }
            }
            func changed() async throws -> Int {
                try await issuer.number("SELECT count(*) FROM issuer.passes WHERE version = 2")
            }
            let start = ContinuousClock.now
            let replica = try issuer.replica()
            var first = 0
            try await eventually("the first batch") {
                first = try await changed()
                return first > 0
            }
            // A batch is seen as a whole.
            if !wasPaused { #expect(first >= 20) }
            try await Task.sleep(for: .seconds(1.5))
            let count = try await changed()
            let seconds = Int((ContinuousClock.now - start).components.seconds)
            #expect(count <= (wasPaused ? 2 : 21) + seconds)
            await replica.stop()
        }
    }

    @Test("lists rollouts, the newest first, page by page")
    func lists() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(1)
            var ids: [String] = []
            for number in 1...3 {
                ids.append(try issuer.rolloutID(try await issuer.change(pass: ["description": .string("v\(number)")])))
            }
            let first = try await issuer.admin(.get, "/admin/v1/rollouts?limit=2")
            let cursor = try #require(first.json["nextCursor"]?.stringValue)
            let second = try await issuer.admin(.get, "/admin/v1/rollouts?limit=2&cursor=\(cursor)")
            let listed = [first, second].flatMap { $0.json["items"]?.arrayValue ?? [] }.map { $0["id"]?.stringValue }
            #expect(listed == ids.reversed())
            #expect(second.json["nextCursor"] == nil)
            #expect(try await issuer.admin(.get, "/admin/v1/rollouts?cursor=eA").status == 400)
        }
    }

    @Test("warns of values that change without a notice, and of mass updates that come too often")
    func warnings() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(1)
            let field: JSONValue = [
                "secondaryFields": [["key": "name", "label": "Name", "value": "Hello {{contact.firstName}}"]]
            ]
            let first = try await issuer.change(pass: ["storeCard": field])
            let warnings = (first.json["warnings"]?.arrayValue ?? []).compactMap(\.stringValue)
            #expect(warnings.contains { $0.contains("\"name\"") && $0.contains("changeMessage") })
            #expect(!warnings.contains { $0.contains("PUSH_MIN_INTERVAL_SECONDS") })
            try await issuer.ended(try issuer.rolloutID(first))
            let second = try await issuer.change(pass: ["storeCard": field, "logoText": "x"])
            #expect(second.text.contains("PUSH_MIN_INTERVAL_SECONDS"))
            #expect(!second.text.contains("\\\"name\\\""))
        }
    }

    @Test("a rollout that can't go on has failed, and says why")
    func cannotGoOn() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(2)
            await issuer.stopBackgroundWork()
            let id = try issuer.rolloutID(try await issuer.change())
            // A private key that no master key opens; the last of many attempts.
            try await issuer.pool.execute(
                """
                UPDATE issuer.wallet_configurations SET sealed_private_key = '\\x00',
                    revision = nextval('issuer.wallet_revisions')
                """)
            try await issuer.pool.execute("UPDATE issuer.rollout_walks SET faults = 9")
            let replica = try issuer.replica()
            let rollout = try await issuer.ended(id)
            #expect(rollout.state == .failed)
            #expect(rollout.errors.map(\.reason).joined().contains("log of pass-issuer"))
            #expect(try await issuer.count("rollout_walks") == 0)
            await replica.stop()
        }
    }
}
