import Contracts
import HTTPClient
import Support
import Testing

extension EndToEndTests {
    @Suite("A campaign's change to 100,000 phones") struct RolloutCrashTests {
        private static let phones = 100_000

        @Test("reaches each of them, though every service on the way is killed in the middle")
        func crash() async throws {
            try await withPlatform(ownCluster: true) { platform in
                platform.push.change(["PUSH_LEASE_SECONDS": "5"])
                try await platform.push.restart(client: platform.client)
                try await platform.provideDemo()
                try await platform.installPasses(Self.phones)
                let rollout = try await Self.change(platform)
                // Each is killed while the change is in the midst of its way, pass-issuer twice.
                for (service, share) in [
                    (platform.issuer, 10), (platform.registry, 20), (platform.push, 30),
                    (platform.issuer, 40),
                ] {
                    try await eventually(within: .seconds(120), "\(share) % of the phones to be pushed") {
                        try platform.apns.simulator.counters.accepted >= Self.phones * share / 100
                    }
                    await service.kill()
                    try await service.start()
                    try await service.waitUntilReady(client: platform.client)
                }
                try await eventually(within: .seconds(120), "the rollout to be done") {
                    let answer = try? await platform.admin.call(
                        PassIssuerEndpoints.getRollout, parameters: ["id": rollout.rawValue])
                    return answer?.state == .done && answer?.notified == Self.phones && answer?.failed == 0
                }
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
            }
        }

        /// Changes what all passes show.
        private static func change(_ platform: WalletPlatform) async throws -> RolloutID {
            let id = ["id": WalletPlatform.campaign.rawValue]
            var content = try await platform.admin.call(PassIssuerEndpoints.getCampaign, parameters: id)
                .content
            content.pass["logoText"] = "Spring sale"
            let changed = try await platform.admin.call(
                PassIssuerEndpoints.putCampaign, parameters: id, body: content)
            return try #require(changed.rollout).id
        }
    }
}
