import Support

/// PostgreSQL ends all connections of one service in order, as an administrator would.
struct BackendEnd: Disturbance {
    static let kind = "ended backends"

    let words: String
    private let login: String

    init?(on stage: Stage, _ random: inout SeededRandom) {
        login = PostgresLogin.allCases.randomElement(using: &random)?.rawValue.lowercased() ?? ""
        words = "PostgreSQL ends the connections of \(login)"
    }

    func strike(_ stage: Stage) async throws {
        // While it is down there are none.
        _ = try? await stage.platform.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '\(login)'")
    }
}
