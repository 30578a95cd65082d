import Support

/// One to three services end at once, and are started again after a while.
struct ServiceKill: Disturbance {
    static let kind = "kill -9 of services"

    let words: String
    private let victims: [ServiceProcess]
    private let pause: Duration

    init?(on stage: Stage, _ random: inout SeededRandom) {
        let count = [1, 1, 1, 2, 3].randomElement(using: &random) ?? 1
        victims = Array(stage.platform.services.shuffled(using: &random).prefix(count))
        pause = random.milliseconds(0...3_000)
        words = "kill -9 of \(victims.map(\.name).joined(separator: ", ")), started again after \(pause.inWords)"
    }

    func strike(_ stage: Stage) async throws {
        try await stage.kill(victims, for: pause)
    }
}
