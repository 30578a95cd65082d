import APNsSimulator
import Support

/// APNs refuses everything, can't be reached, or ends its connections again and again.
struct APNsTrouble: Disturbance {
    private enum Trouble: CaseIterable {
        case unavailable, failing, unreachable, goAways, drops
    }

    static let kind = "APNs away"

    let words: String
    private let trouble: Trouble
    private let length: Duration

    init?(on stage: Stage, _ random: inout SeededRandom) {
        trouble = Trouble.allCases.randomElement(using: &random) ?? .unavailable
        length = random.milliseconds(2_000...8_000)
        let text =
            switch trouble {
            case .unavailable: "answers 503"
            case .failing: "answers 500"
            case .unreachable: "can't be reached"
            case .goAways: "says GOAWAY every 100 ms"
            case .drops: "drops its connections every 200 ms"
            }
        words = "APNs \(text) for \(length.inWords)"
    }

    func strike(_ stage: Stage) async throws {
        let simulator = try stage.platform.apns.simulator
        let relays = stage.relays.relay(to: "APNs")
        switch trouble {
        case .unavailable: simulator.setOutage(.serviceUnavailable)
        case .failing: simulator.setOutage(.internalServerError)
        case .unreachable: for relay in relays { relay.change(to: Weather(isCut: true)) }
        case .goAways: try await again(every: .milliseconds(100)) { simulator.goAway() }
        case .drops: try await again(every: .milliseconds(200)) { simulator.dropConnections() }
        }
        if trouble != .goAways, trouble != .drops { try await Task.sleep(for: length) }
        simulator.setOutage(nil)
        for relay in relays { relay.change(to: .fair) }
    }

    private func again(every pause: Duration, _ body: () -> Void) async throws {
        let end = ContinuousClock.now + length
        while ContinuousClock.now < end {
            body()
            try await Task.sleep(for: pause)
        }
    }
}
