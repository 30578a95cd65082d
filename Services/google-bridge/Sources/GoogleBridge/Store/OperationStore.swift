import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// The queue of what must be written to Google, in `google.operations`: taking from it, and ending what was taken.
struct OperationStore: Sendable {
    let database: PostgresPool

    /// How long a taken operation stays with this replica; longer than it may work at it.
    var leaseSeconds = 35

    /// The issuers that have something to write now.
    func issuersWithWork() async throws(PostgresError) -> [GoogleIssuerID] {
        var issuers: [GoogleIssuerID] = []
        let rows = try await database.query(
            """
            SELECT i.issuer_id FROM (SELECT DISTINCT issuer_id FROM google.issuers) i
            WHERE EXISTS (SELECT 1 FROM google.operations o
                WHERE o.issuer_id = i.issuer_id AND o.state = 'pending' AND o.next_attempt_at <= now()
                    AND o.leased_until <= now())
            """)
        for row in rows { issuers.append(try row.decode(GoogleIssuerID.self)) }
        return issuers
    }

    /// Takes due operations of an issuer for a while, the most urgent first: until the lease is over no other replica
    /// takes them, and a crash gives them back. A message waits until its class or object is as it shall be, and until those
    /// before it are sent: two at once would take the room from each other that is made for one.
    func lease(of issuer: GoogleIssuerID, upTo limit: Int) async throws -> [LeasedOperation] {
        try await database.query(
            """
            WITH due AS (
                SELECT o.id FROM google.operations o
                WHERE o.issuer_id = \(issuer) AND o.state = 'pending' AND o.next_attempt_at <= now()
                    AND o.leased_until <= now()
                    AND (o.message IS NULL OR NOT EXISTS (SELECT 1 FROM google.operations u
                        WHERE u.level = o.level AND u.resource_id = o.resource_id AND u.message IS NULL
                            AND u.state <> 'done'))
                    AND (o.message IS NULL OR NOT EXISTS (SELECT 1 FROM google.operations m
                        WHERE m.level = o.level AND m.resource_id = o.resource_id AND m.message IS NOT NULL
                            AND m.state = 'pending' AND m.id < o.id))
                ORDER BY o.priority, o.next_attempt_at, o.id LIMIT \(limit) FOR UPDATE SKIP LOCKED
            ), leased AS (
                UPDATE google.operations o
                SET leased_until = now() + \(leaseSeconds) * interval '1 second', attempts = o.attempts + 1
                FROM due WHERE o.id = due.id RETURNING o.*
            )
            \(unescaped: Self.selectLeased)
            """
        ).map(LeasedOperation.init(row:))
    }

    /// Takes the open operations of these classes and objects at once, for somebody who waits; those that another
    /// replica works at are left out.
    func claim(_ resources: [ResourceID], as priority: OperationPriority) async throws -> [LeasedOperation] {
        try await database.query(
            """
            WITH due AS (
                SELECT o.id FROM google.operations o
                JOIN unnest(\(resources.map(\.level.rawValue)), \(resources.map(\.id))) AS w (level, resource_id)
                    ON w.level = o.level AND w.resource_id = o.resource_id
                WHERE o.state = 'pending' AND o.message IS NULL AND o.leased_until <= now()
                FOR UPDATE OF o SKIP LOCKED
            ), leased AS (
                UPDATE google.operations o
                SET leased_until = now() + \(leaseSeconds) * interval '1 second', attempts = o.attempts + 1,
                    priority = LEAST(o.priority, \(priority))
                FROM due WHERE o.id = due.id RETURNING o.*
            )
            \(unescaped: Self.selectLeased)
            """
        ).map(LeasedOperation.init(row:))
    }

    private static let selectLeased: StaticString = """
        SELECT o.id, o.kind, o.priority, o.attempts, o.message, o.notifies, r.level, r.resource_id,
            r.wallet_configuration_id, r.issuer_id, r.campaign_id, r.kind, r.class_id, r.wanted, r.sent, r.revision,
            r.is_at_google, COALESCE(c.is_at_google, true)
        FROM leased o JOIN google.resources r ON r.level = o.level AND r.resource_id = o.resource_id
        LEFT JOIN google.resources c ON c.level = 'class' AND c.resource_id = r.class_id
        ORDER BY o.priority, r.level, o.id
        """

    /// Keeps an operation for another attempt.
    func failed(
        _ operation: LeasedOperation, _ failure: GoogleFailure, remedy: String?, retryAfterMilliseconds: Int
    ) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE google.operations
            SET next_attempt_at = now() + \(retryAfterMilliseconds) * interval '1 millisecond',
                leased_until = '-infinity', last_status = \(failure.status), last_error = \(failure.message),
                remedy = \(remedy)
            WHERE id = \(operation.id) AND attempts = \(operation.attempt) AND state = 'pending'
            """)
    }

    /// Ends an operation that Google refuses for good, and its resource with it, unless something newer is wanted.
    func refused(
        _ operation: LeasedOperation, _ failure: GoogleFailure, remedy: String?, concernsIssuer: Bool
    ) async throws(PostgresError) {
        let resource = operation.resource
        try await database.execute(
            """
            WITH refused AS (
                UPDATE google.resources SET state = 'failed', error = \(failure.message)
                WHERE level = \(resource.id.level.rawValue) AND resource_id = \(resource.id.id)
                    AND revision = \(resource.revision) AND \(operation.message == nil)
                RETURNING 1
            )
            UPDATE google.operations
            SET state = CASE WHEN \(operation.message != nil) OR EXISTS (SELECT 1 FROM refused)
                    THEN 'failed' ELSE 'pending' END,
                next_attempt_at = now(), leased_until = '-infinity', last_status = \(failure.status),
                last_error = \(failure.message), remedy = \(remedy), concerns_issuer = \(concernsIssuer)
            WHERE id = \(operation.id) AND attempts = \(operation.attempt) AND state = 'pending'
            """)
    }

    /// Gives back what was taken and not begun.
    func release(_ operations: [LeasedOperation]) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE google.operations o SET leased_until = '-infinity', attempts = o.attempts - 1
            FROM unnest(\(operations.map(\.id)), \(operations.map(\.attempt))) AS l (id, attempt)
            WHERE o.id = l.id AND o.attempts = l.attempt AND o.state = 'pending'
            """)
    }

    /// Lets the operation of an object wait until its class is written, which is set going when it is not.
    func awaitClass(_ operation: LeasedOperation) async throws {
        guard let classID = operation.resource.classID else { return }
        try await database.transaction { transaction in
            // Whoever writes the class waits for this, and then finds the operation that waits for it.
            let isThere = try await transaction.query(
                "SELECT is_at_google FROM google.resources WHERE level = 'class' AND resource_id = \(classID) FOR SHARE"
            ).first?.decode(Bool.self)
            try await transaction.execute(
                """
                UPDATE google.operations
                SET next_attempt_at = CASE WHEN \(isThere ?? true) THEN now() ELSE 'infinity' END,
                    leased_until = '-infinity', attempts = attempts - 1
                WHERE id = \(operation.id) AND attempts = \(operation.attempt) AND state = 'pending'
                """)
            guard isThere == false else { return }
            try await ResourceStore.enqueue(
                [.init(id: .classOf(classID), issuer: operation.resource.issuerID, isAtGoogle: false)],
                as: min(operation.priority, .campaign), revives: false, in: transaction)
        }
    }

    /// Ends an operation that added its message.
    func added(_ operation: LeasedOperation) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE google.operations SET state = 'done', finished_at = now(), last_status = NULL, last_error = NULL,
                remedy = NULL
            WHERE id = \(operation.id) AND attempts = \(operation.attempt) AND state = 'pending'
            """)
    }

    /// Forgets some of the operations that were done before an instant; how many they were.
    func forget(doneBefore instant: Instant, atMost count: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM google.operations WHERE id IN (
                SELECT id FROM google.operations WHERE state = 'done' AND finished_at < \(instant)
                ORDER BY finished_at LIMIT \(count) FOR UPDATE SKIP LOCKED)
            """)
    }

    /// Forgets some of the operations that Google refused for good before an instant; how many they were. Their classes and
    /// objects stay as they are known, and their next change is an operation anew.
    func forget(failedBefore instant: Instant, atMost count: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM google.operations WHERE id IN (
                SELECT id FROM google.operations WHERE state = 'failed' AND next_attempt_at < \(instant)
                ORDER BY next_attempt_at LIMIT \(count) FOR UPDATE SKIP LOCKED)
            """)
    }

    /// How many operations wait in each state, and for how many seconds the oldest that is due has.
    func backlog() async throws(PostgresError) -> (pending: Int, failed: Int, oldestSeconds: Double) {
        try await database.query(
            """
            SELECT count(*) FILTER (WHERE state = 'pending'), count(*) FILTER (WHERE state = 'failed'),
                COALESCE(EXTRACT(epoch FROM now() - min(created_at) FILTER (WHERE state = 'pending')), 0)::float8
            FROM google.operations WHERE state IN ('pending', 'failed')
            """
        ).only().decode(Int.self, Int.self, Double.self)
    }
}
