import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// What other services must still learn, in `issuer.outbox`.
struct OutboxStore: Sendable {
    let database: PostgresPool

    /// Takes due messages for a while: until the lease is over no other replica takes them, and a crash gives them back.
    func lease(upTo limit: Int, for leaseSeconds: Int) async throws -> [OutboxMessage] {
        try await database.query(
            """
            UPDATE issuer.outbox SET next_attempt_at = now() + \(leaseSeconds) * interval '1 second',
                attempts = attempts + 1
            WHERE id IN (SELECT id FROM issuer.outbox WHERE next_attempt_at <= now()
                ORDER BY next_attempt_at, id LIMIT \(limit) FOR UPDATE SKIP LOCKED)
            RETURNING id, message_id::text, payload, attempts
            """
        ).map(OutboxMessage.init(row:))
    }

    /// Removes a message that the other side has.
    func delivered(_ id: Int) async throws(PostgresError) {
        try await database.execute("DELETE FROM issuer.outbox WHERE id = \(id)")
    }

    /// Keeps a message for another attempt.
    func failed(_ id: Int, reason: String, retryAfterMilliseconds: Int) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE issuer.outbox
            SET next_attempt_at = now() + \(retryAfterMilliseconds) * interval '1 millisecond', last_error = \(reason)
            WHERE id = \(id)
            """)
    }

    /// How many messages wait, and for how many seconds the oldest has.
    func backlog() async throws(PostgresError) -> (count: Int, oldestSeconds: Double) {
        let row = try await database.query(
            "SELECT count(*), COALESCE(EXTRACT(epoch FROM now() - min(created_at)), 0)::float8 FROM issuer.outbox"
        ).first
        return try row?.decode(Int.self, Double.self) ?? (0, 0)
    }
}
