import HTTPTypes
import Postgres

extension Problem {
    /// Says that the database cannot answer now (503), or holds no such text (422); nil for what is a fault of this program.
    public init?(database error: PostgresError) {
        switch error {
        case .unreachable, .timedOut, .overloaded, .outcomeUnknown, .cancelled, .closed, .rolledBack:
            break
        case .server(let fault)
        where [.characterNotInRepertoire, .untranslatableCharacter].contains(fault.sqlState):
            self = Problem(.unprocessableContent, "A text holds U+0000, which can't be stored.")
            return
        case .server(let fault):
            // Classes 53 (resources), 57 (operator) and 58 (system) pass, and so does a lock waited for in vain. A table
            // or a schema is missing while the first migrations wait for their turn.
            let passing = ["53", "57", "58"].contains { fault.sqlState.rawValue.hasPrefix($0) }
            let unmigrated = [.undefinedTable, .invalidSchemaName].contains(fault.sqlState)
            guard passing || unmigrated || error.isRetryable else { return nil }
        case .transactionEnded, .invalidStatement, .decoding, .migrationRefused, .migrationFailed:
            return nil
        }
        self = Problem(.serviceUnavailable, "The database cannot be reached now. Try again.").retryAfter(seconds: 2)
    }
}
