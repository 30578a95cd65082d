import Postgres

/// Brings the schema up to date, or waits for `<service> migrate` to do so, again and again until the database lets it.
struct SchemaPreparation: Sendable {
    private static let longestPause = Duration.seconds(2)

    let service: String
    let migrator: Migrator
    let readiness: Readiness
    let logger: Logger

    /// Returns when every migration is applied; throws when none of that kind ever will be, and on cancellation.
    func run() async throws {
        var pause = Duration.milliseconds(100)
        var lastReason = ""
        while true {
            do throws(PostgresError) {
                Self.log(try await migrator.migrate(), logger)
                return readiness.set(.ready)
            } catch {
                try Task.checkCancellation()
                guard Self.mayPass(error) else { throw error }
                let reason = reason(error)
                readiness.set(.migrating(reason: reason))
                if reason != lastReason { logger.warning("The migrations wait.", ["reason": reason]) }
                lastReason = reason
            }
            try await Task.sleep(for: pause * Double.random(in: 0.5...1))
            pause = min(pause * 2, Self.longestPause)
        }
    }

    /// What an operator is to know, and to do.
    private func reason(_ error: PostgresError) -> String {
        guard case .migrationRefused(.pending) = error else { return "\(error)" }
        return "\(error); run \(service) migrate"
    }

    static func log(_ applied: [String], _ logger: Logger) {
        for name in applied { logger.info("A migration was applied.", ["migration": name]) }
    }

    /// Whether time or an operator at the database can help; a wrong migration file needs another program.
    private static func mayPass(_ error: PostgresError) -> Bool {
        switch error {
        case .migrationRefused(.missingSchema), .migrationRefused(.pending): true
        case .migrationRefused: false
        default: true
        }
    }
}
