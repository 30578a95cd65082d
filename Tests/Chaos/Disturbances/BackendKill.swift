import Glibc
import Support

/// One backend of PostgreSQL ends with SIGKILL: the server ends all others too, and recovers.
struct BackendKill: Disturbance {
    static let kind = "kill -9 of a backend"

    let words: String
    private let login: String

    init?(on stage: Stage, _ random: inout SeededRandom) {
        login = PostgresLogin.allCases.randomElement(using: &random)?.rawValue.lowercased() ?? ""
        words = "kill -9 of a backend of \(login), after which PostgreSQL recovers"
    }

    func strike(_ stage: Stage) async throws {
        let statement = "SELECT pid FROM pg_stat_activity WHERE usename = '\(login)' LIMIT 1"
        // When it has no connection now there is nothing to kill.
        guard let backend = Int32((try? await stage.platform.query(statement)) ?? "") else { return }
        kill(backend, SIGKILL)
        try await stage.startDatabase()
    }
}
