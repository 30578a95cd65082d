import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// The queue as its administrator sees it.
extension OperationStore {
    /// The operations behind an id, oldest first.
    func operations(
        in state: GoogleOperationState?, after id: Int, limit: Int
    ) async throws(PostgresError) -> [GoogleOperation] {
        try await database.query(
            """
            SELECT o.id, o.kind, r.target, o.state, o.attempts, o.last_status, o.last_error, o.remedy,
                CASE WHEN o.state = 'pending' THEN NULLIF(o.next_attempt_at, 'infinity') END
            FROM google.operations o JOIN google.resources r ON r.level = o.level AND r.resource_id = o.resource_id
            WHERE o.id > \(id) AND (\(state)::text IS NULL OR o.state = \(state))
            ORDER BY o.id LIMIT \(limit)
            """
        ).map(Self.operation)
    }

    /// Lets an operation be tried again at once, and with it all that failed of the same wallet configuration when the
    /// failure was the account's.
    /// - Returns: the operation; nil when there is none that waits.
    func retry(_ id: Int) async throws(PostgresError) -> GoogleOperation? {
        _ = try await database.execute(
            """
            WITH chosen AS (
                SELECT o.id, o.state, o.concerns_issuer, r.wallet_configuration_id
                FROM google.operations o JOIN google.resources r ON r.level = o.level AND r.resource_id = o.resource_id
                WHERE o.id = \(id) AND o.state <> 'done'
            ), again AS (
                SELECT o.id, r.level, r.resource_id
                FROM google.operations o JOIN google.resources r ON r.level = o.level AND r.resource_id = o.resource_id,
                    chosen c
                WHERE o.id = c.id OR c.concerns_issuer AND c.state = 'failed' AND o.state = 'failed'
                    AND o.concerns_issuer AND r.wallet_configuration_id = c.wallet_configuration_id
            ), pending AS (
                UPDATE google.resources r SET state = 'pending' FROM again a
                WHERE r.level = a.level AND r.resource_id = a.resource_id AND r.state = 'failed'
            )
            UPDATE google.operations o
            SET state = 'pending', attempts = CASE WHEN o.state = 'failed' THEN 0 ELSE o.attempts END,
                next_attempt_at = CASE WHEN o.next_attempt_at = 'infinity' THEN o.next_attempt_at ELSE now() END
            FROM again a WHERE o.id = a.id
            """)
        return try await database.query(
            """
            SELECT o.id, o.kind, r.target, o.state, o.attempts, o.last_status, o.last_error, o.remedy,
                CASE WHEN o.state = 'pending' THEN NULLIF(o.next_attempt_at, 'infinity') END
            FROM google.operations o JOIN google.resources r ON r.level = o.level AND r.resource_id = o.resource_id
            WHERE o.id = \(id)
            """
        ).first.map(Self.operation)
    }

    private static func operation(_ row: Row) throws(PostgresError) -> GoogleOperation {
        let (id, kind, target, state, attempts, status, error, remedy, next) = try row.decode(
            Int.self, GoogleOperationKind.self, String.self, GoogleOperationState.self, Int.self, Int?.self,
            String?.self, String?.self, Instant?.self)
        return GoogleOperation(
            id: String(id), kind: kind, target: target, state: state, attempts: attempts, lastStatus: status,
            lastError: error, remedy: remedy, nextAttemptAt: next)
    }
}
