import Postgres

/// Brings the schema up to date, again and again until the database lets it.
struct SchemaPreparation: Sendable {
    private static let longestPause = Duration.seconds(2)

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
                let reason = "\(error)"
                readiness.set(.migrating(reason: reason))
                if reason != lastReason { logger.warning("The migrations wait.", ["reason": reason]) }
                lastReason = reason
            }
            try await Task.sleep(for: pause * Double.random(in: 0.5...1))
            pause = min(pause * 2, Self.longestPause)
        }
    }

    static func log(_ applied: [String], _ logger: Logger) {
        for name in applied { logger.info("A migration was applied.", ["migration": name]) }
    }

    /// Whether time or an operator at the database can help; a wrong migration file needs another program.
    private static func mayPass(_ error: PostgresError) -> Bool {
        switch error {
        case .migrationRefused(.missingSchema): true
        case .migrationRefused: false
        default: true
        }
    }
}
