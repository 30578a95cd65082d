import Glibc
import Support

/// PostgreSQL is stopped, fast as an operator does it or at once, and started again.
struct DatabaseStop: Disturbance {
    static let kind = "restart of PostgreSQL"

    let words: String
    private let isImmediate: Bool
    private let pause: Duration

    init?(on stage: Stage, _ random: inout SeededRandom) {
        isImmediate = Bool.random(using: &random)
        pause = random.milliseconds(0...4_000)
        words = "\(isImmediate ? "immediate" : "fast") stop of PostgreSQL, started again after \(pause.inWords)"
    }

    func strike(_ stage: Stage) async throws {
        if isImmediate {
            let file = try await stage.platform.query("SELECT pg_read_file('postmaster.pid')")
            guard let server = file.split(separator: "\n").first.flatMap({ Int32($0) }) else { return }
            kill(server, SIGQUIT)
        }
        try await stage.cluster.stop()
        try await Task.sleep(for: pause)
        try await stage.startDatabase()
    }
}
