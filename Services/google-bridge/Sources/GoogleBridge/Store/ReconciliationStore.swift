import Contracts
import GoogleWalletSchema
import HTTPTypes
import Postgres
import ServiceKit

/// How far Google was asked which passes of each class are saved.
struct ReconciliationStore: Sendable {
    let database: PostgresPool

    /// A class whose objects are asked for.
    struct Due: Sendable {
        let classID: String
        let walletConfiguration: WalletConfigurationID
        let kind: GoogleKind
        /// Where the next page begins; nil at the first.
        let token: String?
    }

    /// How long a class stays with who took it; longer than one page may take.
    private static let leaseSeconds = 120

    /// Takes the class that was asked for longest ago, before an instant.
    func take(olderThan instant: Instant) async throws(PostgresError) -> Due? {
        let row = try await database.query(
            """
            UPDATE google.resources
            SET reconcile_leased_until = clock_timestamp() + \(Self.leaseSeconds) * interval '1 second'
            WHERE level = 'class' AND resource_id = (
                SELECT resource_id FROM google.resources
                WHERE level = 'class' AND is_at_google
                    AND (reconcile_token IS NOT NULL OR reconciled_at <= \(instant))
                    AND reconcile_leased_until <= clock_timestamp()
                ORDER BY reconciled_at, resource_id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING resource_id, wallet_configuration_id, kind, reconcile_token
            """
        ).first
        guard let row else { return nil }
        let (classID, configuration, kind, token) = try row.decode(
            String.self, WalletConfigurationID.self, GoogleKind.self, String?.self)
        return Due(classID: classID, walletConfiguration: configuration, kind: kind, token: token)
    }

    /// Records which of a page's objects have users. What no callback told is an event as if one had.
    func record(
        _ states: [(objectID: String, hasUsers: Bool)], of due: Due, next token: String?, at now: Instant
    ) async throws(PostgresError) {
        try await database.execute(
            """
            WITH locked AS (
                -- In the order of every other statement that changes several.
                SELECT object_id FROM google.objects WHERE object_id = ANY (\(states.map(\.objectID)))
                ORDER BY serial_number FOR NO KEY UPDATE
            ), new AS (
                UPDATE google.objects o SET has_users = n.has_users, users_as_of = greatest(o.users_as_of, \(now))
                FROM unnest(\(states.map(\.objectID)), \(states.map(\.hasUsers))) AS n (object_id, has_users)
                -- A callback that has not expired is newer than the list may be.
                WHERE o.object_id = ANY (ARRAY(SELECT object_id FROM locked)) AND o.object_id = n.object_id
                    AND o.has_users <> n.has_users
                    AND (o.users_as_of IS NULL OR o.users_as_of <= \(now))
                RETURNING o.object_id, o.has_users AS is_saved
            ), event AS (
                INSERT INTO google.events (object_id, kind, detail)
                SELECT object_id, CASE WHEN is_saved THEN 'googleSaved' ELSE 'googleDeleted' END,
                    'Google was asked; it had not called back.'
                FROM new
            ), day AS (
                \(unescaped: EventStore.dayOfNew)
            )
            UPDATE google.resources SET reconcile_token = \(token), reconcile_leased_until = '-infinity',
                reconciled_at = CASE WHEN \(token)::text IS NULL THEN \(now) ELSE reconciled_at END
            WHERE level = 'class' AND resource_id = \(due.classID)
            """)
    }
}
