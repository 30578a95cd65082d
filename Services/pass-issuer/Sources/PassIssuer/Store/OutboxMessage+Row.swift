import Contracts
import JSON
import Postgres

extension OutboxMessage {
    /// Reads id, message id, kind, payload, revision and attempts.
    init(row: Row) throws(PostgresError) {
        let (id, messageID, kind, payload, revision, attempts) = try row.decode(
            Int.self, UpdateID.self, OutboxKind.self, JSONValue.self, Int.self, Int.self)
        self.init(
            id: id, messageID: messageID, kind: kind, payload: payload, revision: revision, attempts: attempts)
    }
}
