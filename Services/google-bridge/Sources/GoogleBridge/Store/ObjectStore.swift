import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Passes at Google, in `google.objects`.
struct ObjectStore: Sendable {
    let database: PostgresPool

    /// Stores passes as they came, and puts what changes of their objects into the queue.
    /// - Returns: how many objects change.
    func apply(_ incoming: [IncomingObject], as priority: OperationPriority) async throws -> Int {
        // Always in the same order, so that two batches can't wait for each other in a circle.
        let incoming = incoming.sorted { $0.serialNumber < $1.serialNumber }
        return try await database.transaction { transaction in
            let waiting = try await Self.lockClasses(of: incoming, in: transaction)
            let stored = try await Self.lock(incoming, in: transaction)
            var kept: [IncomingObject] = []
            var changes: [ResourceStore.Change] = []
            var pending: [ResourceStore.Pending] = []
            var messages: [(ResourceID, GoogleIssuerID, JSONObject)] = []
            for object in incoming {
                let old = stored[object.serialNumber]
                let decision = ObjectDecision(object, stored: old)
                if decision == .keep { continue }
                kept.append(object)
                guard case .write(let sent) = decision else { continue }
                let resource = object.resource
                changes.append(.init(wanted: resource, sent: sent))
                var notice = GoogleNotification()
                if old?.resource?.isAtGoogle == true, let request = old?.request { notice = object.notice(request) }
                pending.append(
                    .init(
                        id: resource.id, issuer: resource.issuerID, isAtGoogle: old?.resource?.isAtGoogle ?? false,
                        waits: waiting.contains(resource.classID ?? ""), notifies: notice.notifiesOnUpdate))
                messages += notice.queued.map { (resource.id, resource.issuerID, $0) }
            }
            try await Self.save(kept, in: transaction)
            try await ResourceStore.save(changes, in: transaction)
            try await ResourceStore.enqueue(pending, as: priority, in: transaction)
            try await ResourceStore.enqueue(messages, as: priority, in: transaction)
            return changes.count
        }
    }

    /// Holds the classes of these objects as they are; which of them are not at Google yet.
    private static func lockClasses(
        of incoming: [IncomingObject], in transaction: Transaction
    ) async throws(PostgresError) -> Set<String> {
        let ids = Set(incoming.compactMap(\.resource.classID))
        let rows = try await transaction.query(
            """
            SELECT resource_id FROM google.resources
            WHERE level = 'class' AND resource_id = ANY (\(ids.sorted())) AND is_at_google
            ORDER BY resource_id FOR SHARE
            """)
        var missing = ids
        for row in rows { missing.remove(try row.decode(String.self)) }
        return missing
    }

    /// Holds the rows of these passes, which are made where there are none; what is stored of those that were there.
    private static func lock(
        _ incoming: [IncomingObject], in transaction: Transaction
    ) async throws(PostgresError) -> [SerialNumber: StoredObject] {
        // Version -1: whoever else makes the same pass waits for this row and then finds it stored. No key is named, for
        // serial number and object id are both one: two that are made at once may collide at either.
        try await transaction.execute(
            """
            INSERT INTO google.objects (serial_number, object_id, campaign_id, version, campaign_version)
            SELECT n.serial_number, n.object_id, n.campaign_id, -1, -1
            FROM unnest(\(incoming.map(\.serialNumber)), \(incoming.map(\.resource.id.id)),
                \(incoming.map(\.resource.campaign))) AS n (serial_number, object_id, campaign_id)
            ON CONFLICT DO NOTHING
            """)
        let rows = try await transaction.query(
            """
            SELECT o.serial_number, o.object_id, o.version, o.campaign_version, o.request, r.class_id, r.wanted, r.sent,
                r.is_at_google, r.state
            FROM google.objects o
            LEFT JOIN google.resources r ON r.level = 'object' AND r.resource_id = o.object_id
            WHERE o.serial_number = ANY (\(incoming.map(\.serialNumber)))
            ORDER BY o.serial_number FOR UPDATE OF o
            """)
        var stored: [SerialNumber: StoredObject] = [:]
        for row in rows {
            let object = try StoredObject(row: row)
            stored[object.serialNumber] = object
        }
        return stored
    }

    private static func save(
        _ objects: [IncomingObject], in transaction: Transaction
    ) async throws(PostgresError) {
        guard !objects.isEmpty else { return }
        // An issuer account that was changed leaves the objects of the old one behind.
        try await transaction.execute(
            """
            DELETE FROM google.resources r USING google.objects o,
                unnest(\(objects.map(\.serialNumber)), \(objects.map(\.resource.id.id))) AS n (serial_number, object_id)
            WHERE o.serial_number = n.serial_number AND o.object_id <> n.object_id AND r.level = 'object'
                AND r.resource_id = o.object_id
            """)
        try await transaction.execute(
            """
            UPDATE google.objects o SET object_id = n.object_id, campaign_id = n.campaign_id, version = n.version,
                campaign_version = n.campaign_version, request = n.request, expires_at = n.expires_at, updated_at = now()
            FROM unnest(\(objects.map(\.serialNumber)), \(objects.map(\.resource.id.id)),
                    \(objects.map(\.resource.campaign)), \(objects.map(\.version)), \(objects.map(\.campaignVersion)),
                    \(objects.map { StoredJSON($0.request) }), \(objects.map(\.expiresAt)))
                AS n (serial_number, object_id, campaign_id, version, campaign_version, request, expires_at)
            WHERE o.serial_number = n.serial_number
            """)
    }
}

extension StoredObject {
    /// Reads a pass and its object.
    fileprivate init(row: Row) throws(PostgresError) {
        let (serialNumber, objectID, version, campaignVersion, request, classID, wanted, sent, isAtGoogle, state) =
            try row.decode(
                SerialNumber.self, String.self, Int.self, Int.self, StoredJSON?.self, String?.self, StoredJSON?.self,
                StoredJSON?.self,
                Bool?.self, String?.self)
        self.init(
            serialNumber: serialNumber, objectID: objectID, version: version, campaignVersion: campaignVersion,
            request: request?.value,
            resource: wanted.map {
                StoredResource(
                    classID: classID, wanted: $0.object, sent: sent?.object, isAtGoogle: isAtGoogle ?? false,
                    isFailed: state == "failed")
            })
    }
}
