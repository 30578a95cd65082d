import Postgres
import Synchronization

/// Logs what happens in a pool; the same thing at most every ten seconds, since each connection reports it.
final class DatabaseEvents: Sendable {
    private static let interval = Duration.seconds(10)

    private let logger: Logger
    private let logged = Mutex<[String: ContinuousClock.Instant]>([:])

    init(logger: Logger) {
        self.logger = logger
    }

    func record(_ event: PostgresEvent) {
        switch event {
        case .connected:
            log(.info, "A connection to the database is ready.", key: "connected")
        case .connectFailed(let reason):
            log(.warning, "The database cannot be reached.", ["reason": reason], key: "failed")
        case .disconnected(let reason):
            log(.warning, "A connection to the database is gone.", ["reason": Self.text(reason)], key: "gone")
        case .notice(let severity, let sqlState):
            log(.warning, "The database sent a notice.", ["code": "\(severity) \(sqlState)"], key: "notice")
        }
    }

    private func log(_ level: LogLevel, _ message: String, _ fields: [String: String] = [:], key: String) {
        let isDue = logged.withLock { logged in
            let now = ContinuousClock.now
            if let last = logged[key], last.duration(to: now) < Self.interval { return false }
            logged[key] = now
            return true
        }
        if isDue { logger.log(level, message, fields) }
    }

    private static func text(_ reason: PostgresDisconnection) -> String {
        switch reason {
        case .session(let state): "the server ended the session (\(state))"
        case .socket: "the socket was closed or failed"
        case .unresponsive: "no answer came in time"
        case .unusable: "a statement left it unusable"
        }
    }
}
