import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Dead tokens that device-registry must learn of, in `push.rejections`.
struct RejectionStore: Sendable {
    let database: PostgresPool

    /// Takes what is due for a while: until the lease is over no other replica takes it, and a crash gives it back. Suspects of a
    /// topic whose breaker is open stay.
    func lease(atMost count: Int, for duration: Duration) async throws(PostgresError) -> [Rejection] {
        let rows = try await database.query(
            """
            UPDATE push.rejections u SET attempts = u.attempts + 1,
                next_attempt_at = clock_timestamp() + \(duration.interval)::text::interval
            FROM push.topics t
            WHERE t.topic = u.topic AND u.position IN (
                SELECT r.position FROM push.rejections r
                WHERE r.next_attempt_at <= statement_timestamp()
                    AND NOT (r.is_suspect AND EXISTS (
                        SELECT FROM push.topics o WHERE o.topic = r.topic AND o.opened_at IS NOT NULL))
                ORDER BY r.next_attempt_at, r.position LIMIT \(count) FOR UPDATE SKIP LOCKED)
            RETURNING u.position, t.pass_type_identifier, encode(u.token, 'hex'), u.reason, u.rejected_at, u.attempts
            """)
        var rejections: [Rejection] = []
        for row in rows {
            let (position, passType, token, reason, rejectedAt, attempts) = try row.decode(
                Int.self, PassTypeIdentifier.self, PushToken.self, String.self, Instant.self, Int.self)
            rejections.append(
                Rejection(
                    position: position,
                    content: PushTokenRejection(
                        passTypeIdentifier: passType, pushToken: token, reason: reason, rejectedAt: rejectedAt),
                    attempts: attempts))
        }
        return rejections
    }

    /// Removes what device-registry has learnt.
    func delivered(_ rejections: [Rejection]) async throws(PostgresError) {
        try await database.execute(
            "DELETE FROM push.rejections WHERE position = ANY (\(rejections.map(\.position)))")
    }

    /// Keeps what it has not, for another attempt.
    func failed(_ rejections: [Rejection], reason: String, retryAfter pause: Duration) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE push.rejections SET last_error = \(reason),
                next_attempt_at = clock_timestamp() + \(pause.interval)::text::interval
            WHERE position = ANY (\(rejections.map(\.position)))
            """)
    }

    /// How many wait, and for how many seconds the oldest that is due has.
    func backlog() async throws(PostgresError) -> (count: Int, oldestSeconds: Double) {
        let row = try await database.query(
            """
            SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8
            FROM push.rejections
            """
        ).only()
        return try row.decode(Int.self, Double.self)
    }
}
