import GoogleWalletSimulator
import Support

/// Google refuses everything, is silent, does what it is told and loses the answer, or can't be reached.
struct GoogleTrouble: Disturbance {
    static let kind = "Google away"

    let words: String
    private let fault: Fault?
    private let length: Duration

    init?(on stage: Stage, _ random: inout SeededRandom) {
        let kind = Int.random(in: 0..<6, using: &random)
        length = random.milliseconds(2_000...8_000)
        let (fault, text): (Fault?, String) =
            switch kind {
            case 0: (Fault(.refuse, times: nil), "answers 503")
            case 1: (.tooManyCalls(times: nil, retryAfterSeconds: 2), "answers 429")
            case 2: (Fault(.drop, times: nil, milliseconds: 200), "drops every call")
            case 3: (Fault(.loseAnswer, times: nil, milliseconds: 100), "does what it is told and loses the answers")
            case 4: (Fault(.delay, times: nil, milliseconds: 5_000), "takes 5 s for each call")
            default: (nil, "can't be reached")
            }
        self.fault = fault
        words = "Google \(text) for \(length.inWords)"
    }

    func strike(_ stage: Stage) async throws {
        let relays = stage.relays.relay(to: "Google")
        if let fault {
            stage.google.script(fault)
        } else {
            for relay in relays { relay.change(to: Weather(isCut: true)) }
        }
        try await Task.sleep(for: length)
        stage.google.clearFaults()
        for relay in relays { relay.change(to: .fair) }
    }
}
