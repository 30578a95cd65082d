import Contracts
import Foundation
import Postgres
import Support
import Testing

extension EndToEndTests {
    @Suite("Rollouts of the built services") struct RolloutTests {
        /// Makes passes of the demo campaign by one statement, as if as many links had been opened.
        private static func makePasses(_ count: Int, _ platform: WalletPlatform) async throws {
            try await PostgresPool.using(
                platform.database.superuserURL, .test(size: 1).with(\.statementTimeout, .seconds(120))
            ) { pool in
                try await pool.execute(
                    """
                    INSERT INTO issuer.passes (serial_number, campaign_id, pass_key, platforms, contact, voucher, voided,
                        campaign_version, version, token_key_id, data_at, last_modified, created_at, updated_at)
                    SELECT substr(encode(sha256(convert_to('p' || n, 'UTF8')), 'hex'), 1, 40), c.id, 'k-' || n,
                        '{apple}', json_build_object('id', 'c-' || n, 'firstName', 'Ada', 'lastName', 'L'),
                        json_build_object('points', n), false, c.current_version, 1, 'k1', now(),
                        floor(extract(epoch FROM now())), now(), now()
                    FROM issuer.campaigns c, generate_series(1, \(count)) AS n WHERE c.id = 'demo'
                    """)
            }
        }

        private static func count(_ statement: SQL, _ platform: WalletPlatform) async throws -> Int {
            try await PostgresPool.using(platform.database.superuserURL, .test(size: 1)) { pool in
                try #require(try await pool.query(statement).first).decode(Int.self)
            }
        }

        @Test("kill -9 of pass-issuer during a rollout, again and again, loses no pass and tells none twice")
        func crashes() async throws {
            // Slow enough that the first crashes come before its end.
            try await withPlatform(settings: ["ROLLOUT_RATE_PER_SECOND": "2000"]) { platform in
                try await platform.provideDemo()
                try await Self.makePasses(6_000, platform)
                let id = try await platform.changeCampaign(logoText: "Spring sale")
                var crashes = 0
                while try await platform.rollout(id).state == .running, crashes < 60 {
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...(50 + 40 * crashes))))
                    await platform.issuer.kill()
                    try await platform.issuer.start()
                    try await platform.issuer.waitUntilReady(client: platform.client)
                    crashes += 1
                }
                #expect(crashes >= 2)
                let rollout = try await platform.endOfRollout(id, within: .seconds(120))
                #expect(rollout.state == .done && rollout.notified == 6_000 && rollout.failed == 0)
                #expect(
                    try await Self.count("SELECT count(*) FROM issuer.passes WHERE version = 2", platform) == 6_000)
                try await eventually(within: .seconds(60), "the registry to know of every pass") {
                    try await Self.count("SELECT count(*) FROM registry.passes", platform) == 6_000
                }
                // An update that was told twice is one there, and no pass was in two of them.
                #expect(
                    try await Self.count("SELECT sum(passes)::bigint FROM registry.pass_updates", platform) == 6_000)
            }
        }

        @Test("a rollout over 100,000 passes takes tens of seconds and little memory, and a phone gets its change")
        func large() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let phone = WalletDevice(platform)
                let package = try await platform.open(try await platform.link(for: Person())).body
                try await phone.add(package: package)
                let serialNumber = try #require(PassContent(package: package)).serialNumber
                #expect(await phone.register(serialNumber) == .created)
                try await Self.makePasses(100_000, platform)
                let before = try platform.issuer.peakMemory()
                let clock = ContinuousClock()
                let start = clock.now
                let id = try await platform.changeCampaign(logoText: "Spring sale")
                let rollout = try await platform.endOfRollout(id, within: .seconds(300))
                let elapsed = clock.now - start
                let grown = try platform.issuer.peakMemory() - before
                print("100,000 passes were rolled out in \(elapsed), with \(grown >> 20) MiB more than before")
                #expect(rollout.state == .done && rollout.total == 100_001 && rollout.notified == 100_001)
                #expect(grown < 64 << 20, "\(grown >> 20) MiB")
                try await eventually(within: .seconds(60), "the registry to know of every pass") {
                    try await Self.count("SELECT count(*) FROM registry.passes", platform) == 100_001
                }
                try await eventually("the phone to show the change") {
                    await phone.refresh()
                    return await phone.passes[serialNumber]?.content.json["logoText"] == "Spring sale"
                }
                #expect(await phone.complaints == [])
            }
        }

        @Test("a mass update of 40,000 lines is taken in constant memory, and every line is merged")
        func massUpdate() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                try await Self.makePasses(8_000, platform)
                let serialNumbers = try await PostgresPool.using(platform.database.superuserURL, .test(size: 1)) {
                    try await $0.query("SELECT serial_number FROM issuer.passes").map { try $0.decode(String.self) }
                }
                let before = try platform.issuer.peakMemory()
                var body: [UInt8] = []
                for round in 1...5 {
                    for serialNumber in serialNumbers {
                        body += #"{"serialNumber":"\#(serialNumber)","voucher":{"points":\#(round)}}"#.utf8
                        body.append(UInt8(ascii: "\n"))
                    }
                }
                let id = try await platform.updatePasses(body)
                let rollout = try await platform.endOfRollout(id, within: .seconds(300))
                #expect(rollout.total == 40_000 && rollout.failed == 0)
                let merged = try await Self.count(
                    "SELECT count(*) FROM issuer.passes WHERE voucher->>'points' = '5'", platform)
                #expect(merged == 8_000)
                let grown = try platform.issuer.peakMemory() - before
                #expect(grown < 64 << 20, "\(grown >> 20) MiB")
            }
        }
    }
}

extension ServiceProcess {
    /// The most memory that the process ever had, in bytes.
    func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(try #require(processIdentifier))/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1])) << 10
    }
}
