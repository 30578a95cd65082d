import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// What other services must still learn, in `issuer.messages`.
struct OutboxStore: Sendable {
    let database: PostgresPool
    var signals = WorkSignals()

    /// Keeps a message with the change that it is about. One about the same subject is replaced, and stays with whoever
    /// is sending it for as long as the lease lasts: what is about one subject is never under way twice.
    /// - Parameter isBulk: whether it may wait behind messages about single passes.
    func put(_ content: OutboxContent, isBulk: Bool = false, in transaction: Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO issuer.messages AS m (kind, destination, is_bulk, subject, payload)
            VALUES (\(content.kind), \(content.kind.destination), \(isBulk), \(content.subject),
                \(StoredJSON(try content.payload().inPresentTrace)))
            ON CONFLICT (kind, subject) DO UPDATE SET payload = excluded.payload,
                revision = greatest(excluded.revision, m.revision + 1),
                next_attempt_at = least(m.next_attempt_at,
                    now() + \(OutboxDelivery.leaseSeconds) * interval '1 second')
            """)
        transaction.afterCommit { [signals, kind = content.kind] in signals.left([kind], isBulk: isBulk) }
    }

    /// Takes due messages for a while: until the lease is over no other replica takes them, and a crash gives them back.
    func lease(
        upTo limit: Int, of lane: OutboxLane, for leaseSeconds: Int
    ) async throws(PostgresError) -> [OutboxMessage] {
        try await database.query(
            """
            UPDATE issuer.messages SET next_attempt_at = now() + \(leaseSeconds) * interval '1 second',
                attempts = attempts + 1
            WHERE id IN (SELECT id FROM issuer.messages
                WHERE destination = \(lane.destination) AND is_bulk = \(lane.isBulk) AND next_attempt_at <= now()
                    AND kind = ANY (\(lane.kinds))
                ORDER BY next_attempt_at, id LIMIT \(limit) FOR UPDATE SKIP LOCKED)
            RETURNING id, message_id::text, kind, payload, revision, attempts
            """
        ).map(OutboxMessage.init(row:))
    }

    /// Removes a message that the other side has, or makes it due again when it changed while it was under way.
    func delivered(_ message: OutboxMessage) async throws(PostgresError) {
        try await database.execute(
            """
            WITH sent AS (
                DELETE FROM issuer.messages WHERE id = \(message.id) AND revision = \(message.revision)
            )
            UPDATE issuer.messages SET next_attempt_at = now(), last_error = NULL
            WHERE id = \(message.id) AND revision > \(message.revision) AND attempts = \(message.attempts)
            """)
    }

    /// Keeps a message for another attempt.
    func failed(
        _ message: OutboxMessage, reason: String, retryAfterMilliseconds: Int
    ) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE issuer.messages
            SET next_attempt_at = now() + \(retryAfterMilliseconds) * interval '1 millisecond', last_error = \(reason)
            WHERE id = \(message.id) AND attempts = \(message.attempts)
            """)
    }

    /// What waits for each service.
    func backlog() async throws(PostgresError) -> [OutboxDestination: OutboxBacklog] {
        let rows = try await database.query(
            """
            SELECT destination, count(*), extract(epoch FROM now() - min(created_at))::float8
            FROM issuer.messages GROUP BY destination
            """)
        var backlogs: [OutboxDestination: OutboxBacklog] = [:]
        for row in rows {
            let (destination, count, oldest) = try row.decode(OutboxDestination.self, Int.self, Double.self)
            backlogs[destination] = OutboxBacklog(count: count, oldestSeconds: oldest)
        }
        return backlogs
    }
}

extension OutboxDestination: PostgresEncodable, PostgresDecodable {}
extension OutboxKind: PostgresEncodable, PostgresDecodable {}
