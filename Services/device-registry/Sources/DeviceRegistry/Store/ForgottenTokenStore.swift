import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Push tokens that push-sender must forget, in `registry.forgotten_tokens`.
struct ForgottenTokenStore: Sendable {
    let database: PostgresPool

    /// Takes tokens that are due, for a while: a crash gives them back. One that a device has again is forgotten here;
    /// pushes from before it was noted are handed over first.
    /// - Returns: their positions and texts.
    func lease(upTo limit: Int, for seconds: Int) async throws(PostgresError) -> [(position: Int64, token: String)] {
        let rows = try await database.query(
            """
            -- By their places: joined, the whole queue could be gone through for each of them.
            WITH due AS (
                SELECT t.ctid AS place, EXISTS (
                    SELECT FROM registry.devices d WHERE d.push_token = t.push_token) AS is_used
                FROM registry.forgotten_tokens t
                WHERE t.next_attempt_at <= statement_timestamp() AND t.noted_at < (
                    SELECT coalesce(min(o.created_at), 'infinity') FROM registry.outbox o)
                ORDER BY t.next_attempt_at LIMIT \(limit) FOR UPDATE OF t SKIP LOCKED
            ), kept AS (
                DELETE FROM registry.forgotten_tokens
                WHERE ctid = ANY (ARRAY(SELECT place FROM due WHERE is_used))
            )
            UPDATE registry.forgotten_tokens
            SET next_attempt_at = clock_timestamp() + \(seconds) * interval '1 second'
            WHERE ctid = ANY (ARRAY(SELECT place FROM due WHERE NOT is_used))
            RETURNING position, push_token
            """)
        var tokens: [(position: Int64, token: String)] = []
        for row in rows {
            let (position, token) = try row.decode(Int64.self, String.self)
            tokens.append((position, token))
        }
        return tokens
    }

    /// Removes tokens that push-sender has forgotten.
    func forgotten(_ positions: [Int64]) async throws(PostgresError) {
        try await database.execute("DELETE FROM registry.forgotten_tokens WHERE position = ANY (\(positions))")
    }

    /// Keeps tokens for another attempt.
    func failed(_ positions: [Int64], retryAfterSeconds: Int) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE registry.forgotten_tokens
            SET next_attempt_at = clock_timestamp() + \(retryAfterSeconds) * interval '1 second'
            WHERE position = ANY (\(positions))
            """)
    }
}
