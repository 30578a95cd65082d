import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Forgets what is known of tokens that belong to nobody any more.
struct TokenErasureStore: Sendable {
    let database: PostgresPool

    /// Deletes what was queued before an instant, what became of earlier pushes, and what was to be told of the tokens.
    /// - Returns: how many rows there were.
    func forget(_ tokens: [PushToken], before instant: Instant) async throws(PostgresError) -> Int {
        // An answer of APNs to a push that is under way finds no row, and is kept nowhere.
        try await database.query(
            """
            WITH wanted AS (
                SELECT DISTINCT decode(t.token, 'hex') AS token FROM unnest(\(tokens)) AS t (token)
            ), held AS (
                SELECT j.topic, j.token FROM push.topics t
                JOIN push.jobs j ON j.topic = t.topic AND j.token IN (SELECT w.token FROM wanted w)
                WHERE j.queued_at < \(instant) AND coalesce(j.again_at, '-infinity') < \(instant)
                ORDER BY j.token FOR UPDATE OF j
            ), queued AS (
                DELETE FROM push.jobs j USING held h WHERE j.topic = h.topic AND j.token = h.token RETURNING 1
            ), ended AS (
                DELETE FROM push.results r USING wanted w
                WHERE r.token = w.token AND r.queued_at < \(instant) RETURNING 1
            ), refused AS (
                DELETE FROM push.rejections r WHERE r.position IN (
                    SELECT s.position FROM push.rejections s JOIN wanted w ON w.token = s.token
                    WHERE s.queued_at < \(instant) FOR UPDATE OF s SKIP LOCKED) RETURNING 1
            )
            SELECT (SELECT count(*) FROM queued) + (SELECT count(*) FROM ended) + (SELECT count(*) FROM refused)
            """
        ).only().decode(Int.self)
    }
}
