import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Classes and objects in `google.resources`, and the operations that bring them to Google.
struct ResourceStore: Sendable {
    let database: PostgresPool

    /// A resource whose newest state must be written.
    struct Pending: Sendable {
        let id: ResourceID
        let issuer: GoogleIssuerID
        let isAtGoogle: Bool
        /// Whether it must wait for its class.
        var waits = false
        /// Whether the users shall be told.
        var notifies = false

        var operation: GoogleOperationKind {
            switch id.level {
            case .class: isAtGoogle ? .patchClass : .insertClass
            case .object: isAtGoogle ? .patchObject : .insertObject
            }
        }
    }

    /// What one resource shall be, with all that may have been sent of it.
    struct Change: Sendable {
        let wanted: WantedResource
        let sent: JSONObject?
    }

    /// Stores what resources shall be, each with a new revision.
    static func save(_ changes: [Change], in transaction: Transaction) async throws(PostgresError) {
        let wanted = changes.map(\.wanted)
        try await transaction.execute(
            """
            INSERT INTO google.resources AS r (level, resource_id, wallet_configuration_id, issuer_id, campaign_id, kind,
                target, class_id, campaign_version, variant, wanted, sent)
            SELECT n.level, n.resource_id, n.wallet_configuration_id, n.issuer_id, n.campaign_id, n.kind, n.target,
                n.class_id, n.campaign_version, n.variant, n.wanted, n.sent
            FROM unnest(\(wanted.map(\.id.level)), \(wanted.map(\.id.id)), \(wanted.map(\.walletConfiguration)),
                    \(wanted.map(\.issuerID)), \(wanted.map(\.campaign)), \(wanted.map(\.kind)), \(wanted.map(\.target)),
                    \(wanted.map(\.classID)), \(wanted.map(\.campaignVersion)),
                    \(wanted.map { $0.variant.map(StoredJSON.init) }),
                    \(wanted.map { StoredJSON($0.body) }), \(changes.map { $0.sent.map { StoredJSON($0) } }))
                AS n (level, resource_id, wallet_configuration_id, issuer_id, campaign_id, kind, target, class_id,
                    campaign_version, variant, wanted, sent)
            ON CONFLICT (level, resource_id) DO UPDATE SET
                wallet_configuration_id = excluded.wallet_configuration_id, campaign_id = excluded.campaign_id,
                kind = excluded.kind, target = excluded.target, class_id = excluded.class_id,
                campaign_version = excluded.campaign_version, variant = excluded.variant, wanted = excluded.wanted, sent = excluded.sent,
                revision = nextval('google.resource_revisions'), state = 'pending', error = NULL
            """)
    }

    /// Puts resources into the queue: one that waits there already goes on under the more urgent of both priorities.
    ///
    /// - Parameter revives: whether one that Google refused is tried again.
    static func enqueue(
        _ resources: [Pending], as priority: OperationPriority, revives: Bool = true, in transaction: Transaction
    ) async throws(PostgresError) {
        guard !resources.isEmpty else { return }
        try await transaction.execute(
            """
            INSERT INTO google.operations AS o (level, resource_id, issuer_id, kind, priority, notifies, next_attempt_at)
            SELECT n.level, n.resource_id, n.issuer_id, n.kind, \(priority), n.notifies,
                CASE WHEN n.waits THEN 'infinity' ELSE now() END
            FROM unnest(\(resources.map(\.id.level)), \(resources.map(\.id.id)), \(resources.map(\.issuer)),
                    \(resources.map(\.operation)), \(resources.map(\.notifies)), \(resources.map(\.waits)))
                AS n (level, resource_id, issuer_id, kind, notifies, waits)
            ON CONFLICT (level, resource_id) WHERE message IS NULL AND state <> 'done' DO UPDATE SET
                priority = LEAST(o.priority, excluded.priority), notifies = o.notifies OR excluded.notifies,
                kind = excluded.kind, issuer_id = excluded.issuer_id,
                attempts = CASE WHEN o.state = 'failed' THEN 0 ELSE o.attempts END, state = 'pending',
                next_attempt_at = excluded.next_attempt_at
            WHERE \(revives) OR o.state = 'pending'
            """)
    }

    /// Puts messages into the queue; each goes once its class or object is as it shall be.
    static func enqueue(
        _ messages: [(id: ResourceID, issuer: GoogleIssuerID, message: JSONObject)], as priority: OperationPriority,
        in transaction: Transaction
    ) async throws(PostgresError) {
        guard !messages.isEmpty else { return }
        try await transaction.execute(
            """
            INSERT INTO google.operations (level, resource_id, issuer_id, kind, priority, message)
            SELECT n.level, n.resource_id, n.issuer_id, \(GoogleOperationKind.addMessage), \(priority), n.message
            FROM unnest(\(messages.map(\.id.level)), \(messages.map(\.id.id)), \(messages.map(\.issuer)),
                    \(messages.map { StoredJSON($0.message) }))
                AS n (level, resource_id, issuer_id, message)
            """)
    }

    /// Notes that resources are to be written again as they are wanted.
    static func again(_ ids: [ResourceID], in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute(
            """
            UPDATE google.resources r SET state = 'pending', error = NULL,
                revision = nextval('google.resource_revisions')
            FROM unnest(\(ids.map(\.level)), \(ids.map(\.id))) AS n (level, resource_id)
            WHERE r.level = n.level AND r.resource_id = n.resource_id
            """)
    }

    /// Records that a resource was written as it was wanted under a revision; when something newer is wanted meanwhile,
    /// its operation goes on.
    ///
    /// - Parameter classID: the class in which an object stays that Google did not move into the one it belongs to.
    /// - Returns: whether it is still what is wanted.
    func written(
        _ operation: LeasedOperation, as kind: GoogleOperationKind, stayingIn classID: String? = nil
    ) async throws -> Bool {
        let isNewClass = operation.resource.id.level == .class && !operation.resource.isAtGoogle
        guard isNewClass else {
            return try await database.query(Self.written(operation, kind, classID)).first?.decode(Bool.self) ?? true
        }
        return try await database.transaction { transaction in
            let isCurrent =
                try await transaction.query(Self.written(operation, kind, nil)).first?.decode(Bool.self) ?? true
            // A statement of its own, so that it sees the objects that came to wait while this class was locked.
            try await transaction.execute(
                """
                UPDATE google.operations o SET next_attempt_at = now()
                FROM google.resources r
                WHERE r.class_id = \(operation.resource.id.id) AND r.level = 'object' AND o.level = 'object'
                    AND o.resource_id = r.resource_id AND o.state = 'pending' AND o.next_attempt_at = 'infinity'
                """)
            return isCurrent
        }
    }

    private static func written(
        _ operation: LeasedOperation, _ kind: GoogleOperationKind, _ classID: String?
    ) -> SQL {
        let resource = operation.resource
        var staying = resource.wanted
        staying["classId"] = classID.map(JSONValue.string)
        let wanted = classID.map { _ in StoredJSON(staying) }
        let note = classID.map { _ in
            "Google keeps the pass in its class, although its values are another's: what the class shows is as it was."
        }
        let pushed = resource.id.level == .class ? StoredJSON(resource.wanted) : nil
        return """
            WITH resource AS (
                UPDATE google.resources SET is_at_google = true, written_at = clock_timestamp(), pushed = \(pushed),
                    sent = CASE WHEN revision = \(resource.revision) THEN NULL ELSE sent END,
                    state = CASE WHEN revision = \(resource.revision) THEN 'ready' ELSE 'pending' END,
                    error = CASE WHEN revision = \(resource.revision) THEN \(note) ELSE error END,
                    class_id = CASE WHEN revision = \(resource.revision) THEN COALESCE(\(classID), class_id)
                        ELSE class_id END,
                    wanted = CASE WHEN revision = \(resource.revision) THEN COALESCE(\(wanted), wanted)
                        ELSE wanted END
                WHERE level = \(resource.id.level) AND resource_id = \(resource.id.id) AND EXISTS (
                    SELECT 1 FROM google.operations
                    WHERE id = \(operation.id) AND attempts = \(operation.attempt) AND state = 'pending')
                RETURNING level, resource_id, revision = \(resource.revision) AS is_current
            ), operation AS (
                UPDATE google.operations o SET kind = \(kind), leased_until = '-infinity', next_attempt_at = now(),
                    state = CASE WHEN r.is_current THEN 'done' ELSE 'pending' END,
                    finished_at = CASE WHEN r.is_current THEN now() END,
                    last_status = NULL, last_error = NULL, remedy = NULL, concerns_issuer = false
                FROM resource r WHERE o.id = \(operation.id) AND o.attempts = \(operation.attempt)
            ), event AS (
                INSERT INTO google.events (object_id, kind, detail)
                SELECT resource_id, 'googleWritten',
                    CASE WHEN \(kind == .insertObject) THEN 'The object was made.' ELSE 'The object was changed.' END
                FROM resource WHERE level = 'object'
            )
            SELECT is_current FROM resource
            """
    }

    /// Records that a resource which was at Google is no longer there.
    func lost(_ id: ResourceID) async throws(PostgresError) {
        try await database.execute(
            "UPDATE google.resources SET is_at_google = false WHERE level = \(id.level) AND resource_id = \(id.id)")
    }

    /// Whether any of some resources still waits to be written.
    func isPending(_ ids: [ResourceID]) async throws(PostgresError) -> Bool {
        try await database.query(
            """
            SELECT EXISTS (SELECT 1 FROM google.resources r
                JOIN unnest(\(ids.map(\.level)), \(ids.map(\.id))) AS n (level, resource_id)
                    ON n.level = r.level AND n.resource_id = r.resource_id
                WHERE r.state = 'pending')
            """
        ).only().decode(Bool.self)
    }
}
