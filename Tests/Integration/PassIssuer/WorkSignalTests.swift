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
                await expectRest(signals.delivery(of: Self.lane))
            }
            await expectSignal(signals.delivery(of: Self.lane))
            for lane in OutboxLane.all where lane != Self.lane {
                await expectRest(signals.delivery(of: lane))
            }
            await #expect(throws: Stop.self) {
                try await issuer.pool.transaction { transaction in
                    try await outbox.put(.googleClass(campaign), in: transaction)
                    throw Stop()
                }
            }
            await expectRest(signals.delivery(of: Self.lane))
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
            await expectSignal(signals.rollouts)
            let rollout = try #require(try await rollouts.newest(of: campaign))
            // It may be done before it could be paused, and then wakes nobody.
            let goesOn = try await rollouts.set(.running, of: rollout.id, at: .now())
            if goesOn { await expectSignal(signals.rollouts) } else { await expectRest(signals.rollouts) }
        }
    }

    /// Waits for a signal for longer than any test may last, so that a busy machine looks like none that lacks it.
    private func expectSignal(_ wakeUp: WakeUp, at location: SourceLocation = #_sourceLocation) async {
        let long = Duration.seconds(600)
        #expect(await time(wakeUp, long) < long, sourceLocation: location)
    }

    private func expectRest(_ wakeUp: WakeUp, at location: SourceLocation = #_sourceLocation) async {
        let short = Duration.milliseconds(50)
        #expect(await time(wakeUp, short) >= short, sourceLocation: location)
    }

    private func time(_ wakeUp: WakeUp, _ limit: Duration) async -> Duration {
        await ContinuousClock().measure { await wakeUp.wait(atMost: limit) }
    }
}
