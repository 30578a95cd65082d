import Support

/// PostgreSQL ends with SIGKILL, every process of it.
struct DatabaseKill: Disturbance {
    static let kind = "kill -9 of PostgreSQL"

    let words: String
    private let pause: Duration

    init?(on stage: Stage, _ random: inout SeededRandom) {
        pause = random.milliseconds(0...3_000)
        words = "kill -9 of PostgreSQL, started again after \(pause.inWords)"
    }

    func strike(_ stage: Stage) async throws {
        try await stage.cluster.kill()
        try await Task.sleep(for: pause)
        try await stage.startDatabase()
    }
}
