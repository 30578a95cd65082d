import Contracts
import HTTPTypes
import JSON
import Postgres
import Support
import Synchronization
import Testing

@testable import PassIssuer

/// Rollouts beside other writers, other replicas and crashes.
@Suite struct RolloutRaceTests {
    /// Notes every version of every pass, whoever wrote it.
    private func watch(_ issuer: IssuerUnderTest) async throws {
        try await issuer.database.change(
            """
            CREATE TABLE issuer.seen (serial_number text, version integer, last_modified bigint, is_visible boolean)
            """,
            """
            CREATE FUNCTION issuer.note_pass() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO issuer.seen VALUES (NEW.serial_number, NEW.version, NEW.last_modified,
                    NEW.changed_at IS DISTINCT FROM OLD.changed_at);
                IF NEW.version <> OLD.version + 1 THEN RAISE EXCEPTION 'a version was skipped'; END IF;
                RETURN NEW;
            END $$
            """,
            "CREATE TRIGGER note_pass BEFORE UPDATE ON issuer.passes FOR EACH ROW EXECUTE FUNCTION issuer.note_pass()",
            as: .passIssuer)
    }

    /// How many changes that phones see had no later Last-Modified than the one before.
    private func steps(_ issuer: IssuerUnderTest) async throws -> Int {
        try await issuer.number(
            """
            SELECT count(*) FROM (SELECT is_visible, last_modified, lag(last_modified) OVER (
                PARTITION BY serial_number ORDER BY version) AS before FROM issuer.seen) AS s
            WHERE s.before IS NOT NULL AND (last_modified < before OR is_visible AND last_modified = before)
            """)
    }

    @Test("writers that change passes while rollouts walk over them lose nothing, and Last-Modified grows strictly")
    func writers() async throws {
        try await IssuerUnderTest.run(withRegistry: ["DATABASE_POOL_SIZE": "6"]) { issuer, registry in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(60)
            try await watch(issuer)
            let serials = try await issuer.serialNumbers()
            let replica = try issuer.replica()
            var rollouts: [String] = []
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<6 {
                    group.addTask {
                        for round in 0..<20 {
                            let serial = serials[(writer * 31 + round * 7) % serials.count]
                            let patch: JSONValue = [
                                "voucher": .object(["w\(writer)r\(round)": true]),
                                "contact": .object(["firstName": .string("N\(writer)-\(round)")]),
                            ]
                            try await eventually("a patch to be taken") {
                                let answer = try await issuer.admin(.patch, "/admin/v1/passes/\(serial)", patch)
                                return answer.status == 200
                            }
                        }
                    }
                }
                for number in 1...5 {
                    rollouts.append(
                        try issuer.rolloutID(
                            try await issuer.change(pass: ["description": .string("Card \(number)")])))
                    let lines = serials.map { #"{"serialNumber":"\#($0)","voucher":{"u\#(number)":true}}"# }
                    let answer = try await issuer.update(lines.joined(separator: "\n"))
                    rollouts.append(try #require(answer.json["rolloutId"]?.stringValue))
                }
                try await group.waitForAll()
            }
            for id in rollouts { try await issuer.ended(id) }
            await replica.stop()

            let stale = try await issuer.number(
                "SELECT count(*) FROM issuer.passes WHERE campaign_version <> (SELECT current_version FROM issuer.campaigns)"
            )
            #expect(stale == 0)
            for number in 1...5 {
                let lost = try await issuer.number(
                    "SELECT count(*) FROM issuer.passes WHERE voucher->>\("u\(number)") IS NULL")
                #expect(lost == 0)
            }
            for writer in 0..<6 {
                for round in 0..<20 {
                    let serial = serials[(writer * 31 + round * 7) % serials.count]
                    let kept = try await issuer.number(
                        """
                        SELECT count(*) FROM issuer.passes
                        WHERE serial_number = \(serial) AND voucher->>\("w\(writer)r\(round)") = 'true'
                        """)
                    #expect(kept == 1)
                }
            }
            #expect(try await steps(issuer) == 0)
            // Each change that phones see was told.
            let visible = try await issuer.number("SELECT count(*) FROM issuer.seen WHERE is_visible")
            #expect(await eventually { registry.serialNumbers.count == visible })
            #expect(
                try await issuer.number("SELECT coalesce(sum(updates), 0)::bigint FROM issuer.activity") == visible)
        }
    }

    @Test("two replicas share rollouts that run side by side, and each pass is changed and told once")
    func replicas() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, registry in
            for campaign in ["one", "two", "three"] {
                try await issuer.putActiveCampaign(campaign)
                try await issuer.makePasses(700, of: campaign)
            }
            await issuer.stopBackgroundWork()
            var rollouts: [String] = []
            for campaign in ["one", "two", "three"] {
                rollouts.append(try issuer.rolloutID(try await issuer.change(campaign)))
            }
            let replicas = [try issuer.replica(), try issuer.replica()]
            for id in rollouts { #expect(try await issuer.ended(id).notified == 700) }
            #expect(try await issuer.number("SELECT count(*) FROM issuer.passes WHERE version = 2") == 2_100)
            #expect(await eventually { registry.serialNumbers.count == 2_100 })
            #expect(Set(registry.serialNumbers).count == 2_100)
            for replica in replicas { await replica.stop() }
        }
    }

    @Test(
        "a walk that is broken off at any point goes on elsewhere: every pass is changed once, told once, counted once")
    func brokenOff() async throws {
        // Slow enough that it is broken off more often than once.
        try await IssuerUnderTest.run(withRegistry: ["ROLLOUT_RATE_PER_SECOND": "1500"]) { issuer, registry in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(4_500)
            await issuer.stopBackgroundWork()
            let id = try issuer.rolloutID(try await issuer.change(pass: ["logoText": "{{voucher.points}} points"]))
            var crashes = 0
            while try await issuer.rollout(id).state == .running, crashes < 200 {
                let replica = try issuer.replica()
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...(100 + 20 * crashes))))
                if crashes.isMultiple(of: 2) {
                    // As PostgreSQL sees it: the connections are gone in the middle of whatever they did.
                    try await issuer.breakOffRollouts()
                }
                await replica.stop()
                crashes += 1
            }
            #expect(crashes > 3)
            let replica = try issuer.replica()
            let rollout = try await issuer.ended(id)
            #expect(rollout.notified == 4_500 && rollout.failed == 0, "\(rollout.state)")
            #expect(try await issuer.number("SELECT count(*) FROM issuer.passes WHERE version = 2") == 4_500)
            #expect(
                try await issuer.number("SELECT count(*) FROM issuer.pass_events WHERE kind = 'changed'") == 4_500)
            #expect(
                try await eventually {
                    try await issuer.number("SELECT count(*) FROM issuer.messages WHERE is_bulk") == 0
                })
            #expect(registry.serialNumbers.count == 4_500 && Set(registry.serialNumbers).count == 4_500)
            await replica.stop()
        }
    }

    @Test("a mass update that is broken off at any point goes on elsewhere, and merges each line once")
    func brokenOffUpdate() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(3_000)
            let lines = try await issuer.serialNumbers().map { #"{"serialNumber":"\#($0)","voucher":{"points":-1}}"# }
            await issuer.stopBackgroundWork()
            let answer = try await issuer.update(lines.joined(separator: "\n"))
            let id = try #require(answer.json["rolloutId"]?.stringValue)
            for crash in 0..<8 {
                let replica = try issuer.replica()
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...(60 + 20 * crash))))
                await replica.stop()
            }
            let replica = try issuer.replica()
            #expect(try await issuer.ended(id).notified == 3_000)
            #expect(try await issuer.number("SELECT count(*) FROM issuer.passes WHERE version = 2") == 3_000)
            #expect(try await issuer.count("pass_updates") == 0)
            await replica.stop()
        }
    }

    @Test("a change of one pass is told soon while a rollout has much to tell a slow registry")
    func noStarvation() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, registry in
            try await issuer.putActiveCampaign()
            try await issuer.putActiveCampaign("single")
            _ = try await issuer.open(try await issuer.link(campaign: "single"))
            try await issuer.makePasses(20_000)
            registry.notes.bulkDelay.withLock { $0 = .seconds(2) }
            let id = try issuer.rolloutID(try await issuer.change())
            #expect(
                try await eventually {
                    try await issuer.number("SELECT count(*) FROM issuer.messages WHERE is_bulk") >= 2
                })
            let clock = ContinuousClock()
            let single = try #require(
                try await issuer.pool.query("SELECT serial_number FROM issuer.passes WHERE campaign_id = 'single'")
                    .first
            ).decode(String.self)
            var slowest = Duration.zero
            for points in 100..<110 {
                let told = registry.notes.taken.withLock { $0.count { $0.serialNumbers.count == 1 } }
                let start = clock.now
                let patch: JSONValue = ["voucher": ["points": .number(JSONNumber(points))]]
                #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(single)", patch).status == 200)
                #expect(
                    await eventually {
                        registry.notes.taken.withLock { $0.count { $0.serialNumbers.count == 1 } } > told
                    })
                slowest = max(slowest, clock.now - start)
                // What waits for the registry stays bounded, however large the rollout is.
                #expect(
                    try await issuer.number("SELECT count(*) FROM issuer.messages WHERE is_bulk")
                        <= RolloutPace.largestBacklog)
            }
            // The registry takes two seconds for each bulk message, of which eight wait: sixteen for who stands behind.
            #expect(slowest < .seconds(12), "\(slowest)")
            #expect(try await issuer.rollout(id).state == .running)
            registry.notes.bulkDelay.withLock { $0 = nil }
            #expect(try await issuer.ended(id).notified == 20_000)
        }
    }

    @Test("counts the passes of a campaign exactly, however many are made at once")
    func counts() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            var links: [String] = []
            for number in 0..<40 { links.append(try await issuer.link(key: "c-\(number % 30)")) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for link in links {
                    group.addTask {
                        let status = try await issuer.open(link).status
                        #expect(status == 200)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await issuer.admin(.get, "/admin/v1/campaigns/spring").json["passes"] == 30)
            // As the previous release makes a pass, which knows of no count.
            try await issuer.makePasses(3)
            #expect(try await issuer.admin(.get, "/admin/v1/campaigns/spring").json["passes"] == 33)
        }
    }
}

extension IssuerUnderTest {
    /// Ends the connections on which rollouts are treated.
    func breakOffRollouts() async throws {
        try await PostgresPool.using(database.superuserURL, .test(size: 1)) { pool in
            _ = try await pool.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name LIKE '% rollouts'
                """)
        }
    }
}
