import Support

/// All connections of some links are reset, several times.
struct LinkResets: Disturbance {
    static let kind = "connection resets"

    let words: String
    private let relays: [Relay]
    private let pauses: [Duration]

    init?(on stage: Stage, _ random: inout SeededRandom) {
        let count = [1, 2, stage.relays.all.count].randomElement(using: &random) ?? 1
        relays = Array(stage.relays.all.shuffled(using: &random).prefix(count))
        let times = Int.random(in: 1...5, using: &random)
        var pauses: [Duration] = []
        for _ in 0..<times { pauses.append(random.milliseconds(50...500)) }
        self.pauses = pauses
        let names = count > 2 ? "all links" : relays.map(\.name).joined(separator: " and ")
        words = "connections of \(names) are reset, \(times) times"
    }

    func strike(_ stage: Stage) async throws {
        for pause in pauses {
            for relay in relays { relay.resetConnections() }
            try await Task.sleep(for: pause)
        }
    }
}
