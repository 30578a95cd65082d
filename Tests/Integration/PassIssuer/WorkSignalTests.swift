import Contracts
import Postgres
import ServiceKit
import Support
import Testing

@testable import PassIssuer

@Suite("Signals of work that was left") struct WorkSignalTests {
    private struct Stop: Error {}

    private static let lane = OutboxLane(destination: .googleBridge, isBulk: false)

    @Test("a message wakes those who send on its lane once it is committed, and nobody else")
    func messages() async throws {
        try await IssuerUnderTest.run { issuer in
            let signals = WorkSignals()
            let outbox = OutboxStore(database: issuer.pool, signals: signals)
            let campaign = try #require(CampaignID(rawValue: "spring"))
            try await issuer.pool.transaction { transaction in
                try await outbox.put(.googleClass(campaign), in: transaction)
                #expect(await !isSignalled(signals.delivery(of: Self.lane)))
            }
            #expect(await isSignalled(signals.delivery(of: Self.lane)))
            for lane in OutboxLane.all where lane != Self.lane {
                #expect(await !isSignalled(signals.delivery(of: lane)))
            }
            await #expect(throws: Stop.self) {
                try await issuer.pool.transaction { transaction in
                    try await outbox.put(.googleClass(campaign), in: transaction)
                    throw Stop()
                }
            }
            #expect(await !isSignalled(signals.delivery(of: Self.lane)))
        }
    }

    @Test("a change of a campaign wakes who treats rollouts, and so does one that goes on")
    func rollouts() async throws {
        try await IssuerUnderTest.run { issuer in
            let signals = WorkSignals()
            let rollouts = RolloutStore(database: issuer.pool, signals: signals)
            try await issuer.putActiveCampaign()
            let campaign = try #require(
                try await issuer.pool.query("SELECT id FROM issuer.campaigns").first?.decode(CampaignID.self))
            try await issuer.pool.transaction { transaction in
                try await rollouts.start(
                    bringing: campaign, to: 1, total: 1, ratePerSecond: nil, at: .now(), in: transaction)
            }
            #expect(await isSignalled(signals.rollouts))
            let rollout = try #require(try await rollouts.newest(of: campaign))
            // It may be done before it could be paused, and then wakes nobody.
            let goesOn = try await rollouts.set(.running, of: rollout.id, at: .now())
            #expect(await isSignalled(signals.rollouts) == goesOn)
        }
    }

    private func isSignalled(_ wakeUp: WakeUp) async -> Bool {
        let clock = ContinuousClock()
        let patience = Duration.milliseconds(50)
        return await clock.measure { await wakeUp.wait(atMost: patience) } < patience
    }
}
