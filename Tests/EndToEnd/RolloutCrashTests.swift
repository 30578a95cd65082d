import Contracts
import HTTPClient
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("A campaign's change to 100,000 phones") struct RolloutCrashTests {
        private static let phones = 100_000

        @Test("reaches each of them, though every service on the way is killed in the middle")
        func crash() async throws {
            try await withPlatform(ownCluster: true) { platform in
                let cluster = try #require(platform.cluster)
                platform.push.change(["PUSH_LEASE_SECONDS": "5"])
                try await platform.push.restart(client: platform.client)
                try await platform.provideDemo()
                try await platform.installPasses(Self.phones)
                let rollout = try await platform.changeCampaign(logoText: "Spring sale")
                // Each is killed while the change is in the midst of its way, pass-issuer twice, and the database too.
                for share in [5, 20] {
                    try await Self.walked(share, rollout, platform)
                    #expect(try await platform.rollout(rollout).state == .running)
                    try await Self.crash(platform.issuer, platform)
                }
                for (service, share) in [(platform.registry, 15), (platform.push, 30)] {
                    try await Self.pushed(share, platform)
                    try await Self.crash(service, platform)
                }
                try await Self.pushed(45, platform)
                try await cluster.kill()
                try await cluster.restart()
                let ended = try await platform.endOfRollout(rollout, within: .seconds(120))
                #expect(ended.state == .done && ended.notified == Self.phones && ended.failed == 0)
                try await eventually(within: .seconds(120), "every phone to be pushed") {
                    try platform.apns.simulator.counters.accepted >= Self.phones
                        && platform.apns.pushCounts().count == Self.phones
                }
                // What a push-sender that died had on its way is sent again, and no more than that.
                #expect(try platform.apns.pushCounts().values.count { $0 > 1 } < Self.phones / 10)
                try await eventually(within: .seconds(60), "nothing to be left to tell") {
                    try await platform.query(
                        """
                        SELECT (SELECT count(*) FROM registry.outbox) + (SELECT count(*) FROM push.jobs)
                            + (SELECT count(*) FROM issuer.messages WHERE kind = 'passesChanged')
                        """) == "0"
                }
                #expect(
                    try await platform.query("SELECT count(*) FROM registry.passes") == "\(Self.phones)")
                // Every pass is of the newest version, and phones here and there find and fetch it as they do after a push.
                #expect(
                    try await platform.query(
                        """
                        SELECT count(*) FROM issuer.passes p JOIN issuer.campaigns c ON c.id = p.campaign_id
                        WHERE p.campaign_version = c.current_version AND p.changed_at IS NOT NULL
                        """) == "\(Self.phones)")
                for number in stride(from: 1, through: Self.phones, by: Self.phones / 100) {
                    #expect(try await Self.fetched("bulk-\(number)", platform).json["logoText"] == "Spring sale")
                }
            }
        }

        /// What a phone gets that asks what changed, and for the pass that it is told of.
        private static func fetched(_ serialNumber: String, _ platform: WalletPlatform) async throws -> PassContent {
            let base = try #require(platform.registry.publicURL) + "/v1"
            let list = "\(base)/devices/\(serialNumber)/registrations/\(PassAuthority.passType)"
            let changes = try await platform.client.send(HTTPClientRequest(url: list))
            #expect(try JSON.parse(changes.body)["serialNumbers"] == [.string(serialNumber)])
            // The phone has its token from the package that it holds; this one was never opened by a link.
            let secret = platform.secrets.services[ServiceName.registry.rawValue] ?? ""
            let held = try await platform.client.send(
                HTTPClientRequest(
                    url: "\(platform.issuer.internalURL)/rpc/v1/passes/\(PassAuthority.passType)/\(serialNumber)",
                    headers: ["Authorization": "Bearer \(secret)"]))
            let token = try #require(PassContent(package: held.body)).authenticationToken
            let fetched = try await platform.client.send(
                HTTPClientRequest(
                    url: "\(base)/passes/\(PassAuthority.passType)/\(serialNumber)",
                    headers: ["Authorization": "ApplePass \(token)"]))
            return try #require(PassContent(package: fetched.body))
        }

        private static func crash(_ service: ServiceProcess, _ platform: WalletPlatform) async throws {
            await service.kill()
            try await service.start()
            try await service.waitUntilReady(client: platform.client)
        }

        /// Waits until the rollout has treated so many hundredths of the passes.
        private static func walked(_ share: Int, _ id: RolloutID, _ platform: WalletPlatform) async throws {
            try await eventually(within: .seconds(120), "\(share) % of the passes to be treated") {
                try await platform.rollout(id).notified >= phones * share / 100
            }
        }

        /// Waits until so many hundredths of the phones are pushed.
        private static func pushed(_ share: Int, _ platform: WalletPlatform) async throws {
            try await eventually(within: .seconds(120), "\(share) % of the phones to be pushed") {
                try platform.apns.simulator.counters.accepted >= phones * share / 100
            }
        }
    }
}
