/// Why a statement, a transaction or a migration failed.
public enum PostgresError: Error, Sendable, Hashable {
    /// The server refused it.
    case server(PostgresServerFault)
    /// There is no server to talk to, and nothing was applied.
    case unreachable
    /// It took too long.
    case timedOut(PostgresTimeout)
    /// Too many statements are waiting already.
    case overloaded
    /// The connection was lost after the statement was sent: it may or may not have been applied.
    case outcomeUnknown
    /// The task was cancelled; a statement that was on its way may still have been applied.
    case cancelled
    /// The pool is closed.
    case closed
    /// The transaction was rolled back at its end because one of its statements had failed.
    case rolledBack
    /// The transaction was used after its end.
    case transactionEnded
    /// The statement can't be sent: more than 65,535 parameters, more than 1 GiB, COPY, or BEGIN outside of `transaction`.
    case invalidStatement
    /// A column does not hold what was asked for.
    case decoding(column: String, expected: String, found: String)
    /// The migrations in the database are not those of this program.
    case migrationRefused(MigrationFault)
    /// A migration failed and was rolled back.
    case migrationFailed(name: String, fault: PostgresServerFault)
}

/// What took too long.
public enum PostgresTimeout: Sendable, Hashable {
    /// Waiting for a free connection.
    case acquisition
    /// Running on the server, which stopped it.
    case statement
}

extension PostgresError {
    /// The server's error code.
    public var sqlState: SQLState? {
        switch self {
        case .server(let fault), .migrationFailed(_, let fault): fault.sqlState
        case .timedOut(.statement): .queryCanceled
        default: nil
        }
    }

    /// The constraint that refused the change.
    public var constraint: String? {
        guard case .server(let fault) = self else { return nil }
        return fault.constraint
    }

    /// True when nothing was applied and the same call may succeed later.
    public var isRetryable: Bool {
        switch self {
        case .unreachable, .overloaded, .timedOut(.acquisition): return true
        case .server(let fault):
            let retryable: Set<SQLState> = [.serializationFailure, .deadlockDetected, .lockNotAvailable]
            return retryable.contains(fault.sqlState) || fault.sqlState.rawValue.hasPrefix("53")
        default: return false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    /// Safe to log: no values and no server text.
    public var description: String {
        switch self {
        case .server(let fault): "the database refused the statement: \(fault)"
        case .unreachable: "the database is unreachable"
        case .timedOut(.acquisition): "no database connection became free in time"
        case .timedOut(.statement): "the database stopped the statement at its time limit"
        case .overloaded: "too many statements are waiting for the database"
        case .outcomeUnknown: "the database connection was lost before the outcome was known"
        case .cancelled: "the statement was cancelled"
        case .closed: "the database pool is closed"
        case .rolledBack: "the transaction was rolled back because one of its statements had failed"
        case .transactionEnded: "the transaction was used after its end"
        case .invalidStatement: "the statement can't be sent"
        case .decoding(let column, let expected, let found): "column \(column): expected \(expected), found \(found)"
        case .migrationRefused(let fault): "migrations refused: \(fault)"
        case .migrationFailed(let name, let fault): "migration \(name) failed and was rolled back: \(fault)"
        }
    }
}
