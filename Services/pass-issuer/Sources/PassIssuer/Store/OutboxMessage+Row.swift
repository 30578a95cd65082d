import Contracts
import JSON
import Postgres

extension OutboxMessage {
    /// Reads id, message id, payload and attempts.
    init(row: Row) throws {
        let (id, updateID, payload, attempts) = try row.decode(Int.self, UpdateID.self, JSONValue.self, Int.self)
        self.init(
            id: id, updateID: updateID, notice: try JSON.decode(PassesChanged.self, from: payload), attempts: attempts)
    }
}
