import Contracts
import HTTPTypes
import Postgres

/// The statement that many callbacks share.
extension CallbackStore {
    /// Records several with one statement, since each holds the row of its day until it is on disk; whether each is new.
    static func record(
        _ callbacks: [BelievedCallback], in database: PostgresPool
    ) async throws(PostgresError) -> [Bool] {
        let messages = callbacks.map(\.message)
        // Callbacks by their keys and objects by their passes, so that no two statements wait for each other in a circle.
        let rows = try await database.query(
            """
            WITH asked AS (
                SELECT DISTINCT ON (issuer_id, nonce) * FROM unnest(
                    \(anyLength: callbacks.map(\.issuer)), \(anyLength: messages.map(\.nonce)),
                    \(anyLength: messages.map(\.expiresAt)), \(anyLength: messages.map(\.objectID)),
                    \(anyLength: messages.map { $0.event == .save }))
                    WITH ORDINALITY AS asked (issuer_id, nonce, expires_at, object_id, is_saved, position)
                ORDER BY issuer_id, nonce, position
            ), inserted AS (
                INSERT INTO google.callbacks (issuer_id, nonce, expires_at)
                SELECT issuer_id, nonce, expires_at FROM asked ORDER BY issuer_id, nonce
                ON CONFLICT (issuer_id, nonce) DO NOTHING
                RETURNING issuer_id, nonce
            ), new AS (
                SELECT * FROM inserted JOIN asked USING (issuer_id, nonce)
            ), event AS (
                INSERT INTO google.events (object_id, kind, detail)
                SELECT object_id, CASE WHEN is_saved THEN 'googleSaved' ELSE 'googleDeleted' END, 'Google called back.'
                FROM new ORDER BY position
            ), latest AS (
                -- Callbacks come in any order: the one that expires last was sent last.
                SELECT DISTINCT ON (object_id) object_id, is_saved, expires_at FROM new
                ORDER BY object_id, expires_at DESC, position DESC
            ), locked AS (
                SELECT o.object_id FROM google.objects o
                WHERE o.object_id = ANY (ARRAY(SELECT object_id FROM latest))
                ORDER BY o.serial_number FOR NO KEY UPDATE
            ), object AS (
                UPDATE google.objects o SET has_users = l.is_saved, users_as_of = l.expires_at
                FROM latest l
                WHERE o.object_id = ANY (ARRAY(SELECT object_id FROM locked)) AND o.object_id = l.object_id
                    AND (o.users_as_of IS NULL OR o.users_as_of <= l.expires_at)
            ), day AS (
                \(unescaped: EventStore.dayOfNew)
            )
            SELECT issuer_id, nonce FROM inserted
            """)
        var recorded: Set<[String]> = []
        for row in rows {
            let (issuer, nonce) = try row.decode(String.self, String.self)
            recorded.insert([issuer, nonce])
        }
        // Of several with one nonce the first is new.
        return callbacks.map { recorded.remove([$0.issuer.rawValue, $0.message.nonce]) != nil }
    }
}
