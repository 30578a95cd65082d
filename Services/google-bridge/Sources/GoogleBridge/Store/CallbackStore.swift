import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Callbacks that were believed, in `google.callbacks`.
struct CallbackStore: Sendable {
    let database: PostgresPool

    /// Records what a callback says, once however often it comes.
    /// - Returns: false when its nonce was seen before.
    func record(_ message: CallbackMessage, of issuer: GoogleIssuerID) async throws(PostgresError) -> Bool {
        let isSaved = message.event == .save
        let kind = isSaved ? PassEventKind.googleSaved : .googleDeleted
        return try await database.query(
            """
            WITH new AS (
                INSERT INTO google.callbacks (issuer_id, nonce, expires_at)
                VALUES (\(issuer), \(message.nonce), \(message.expiresAt))
                ON CONFLICT (issuer_id, nonce) DO NOTHING
                RETURNING 1
            ), event AS (
                INSERT INTO google.events (object_id, kind, detail)
                SELECT \(message.objectID), \(kind.rawValue), 'Google called back.' FROM new
            ), object AS (
                -- Callbacks come in any order: the one that expires last was sent last.
                UPDATE google.objects o SET has_users = \(isSaved), users_as_of = \(message.expiresAt)
                FROM new WHERE o.object_id = \(message.objectID)
                    AND (o.users_as_of IS NULL OR o.users_as_of <= \(message.expiresAt))
            ), day AS (
                INSERT INTO google.activity_days AS d (date, saved, deleted)
                SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date, \(isSaved ? 1 : 0), \(isSaved ? 0 : 1) FROM new
                ON CONFLICT (date) DO UPDATE
                SET saved = d.saved + excluded.saved, deleted = d.deleted + excluded.deleted
            )
            SELECT count(*) FROM new
            """
        ).only().decode(Int.self) == 1
    }

    /// Forgets some of the callbacks that would be refused as expired by now; how many they were.
    func forget(expiredBefore instant: Instant, atMost count: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM google.callbacks WHERE (issuer_id, nonce) IN (
                SELECT issuer_id, nonce FROM google.callbacks
                WHERE expires_at < \(instant) ORDER BY expires_at LIMIT \(count) FOR UPDATE SKIP LOCKED)
            """)
    }
}
