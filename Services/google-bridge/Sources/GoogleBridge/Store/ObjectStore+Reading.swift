import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Passes at Google, read.
extension ObjectStore {
    /// What a save link needs to know.
    struct Standing: Sendable {
        let objectID: String
        let kind: GoogleKind
        let isAtGoogle: Bool
        let state: GoogleClassState
        let error: String?
        let object: JSONObject
        let classID: String
        let isClassAtGoogle: Bool
        let classState: GoogleClassState
        let classError: String?
        let classResource: JSONObject
    }

    /// How far a pass and its class are.
    func standing(of serialNumber: SerialNumber) async throws(PostgresError) -> Standing? {
        let row = try await database.query(
            """
            SELECT r.resource_id, r.kind, r.is_at_google, r.state, r.error, r.wanted, c.resource_id, c.is_at_google,
                c.state, c.error, c.wanted
            FROM google.objects o
            JOIN google.resources r ON r.level = 'object' AND r.resource_id = o.object_id
            JOIN google.resources c ON c.level = 'class' AND c.resource_id = r.class_id
            WHERE o.serial_number = \(serialNumber)
            """
        ).first
        guard let row else { return nil }
        let (
            objectID, kind, isAtGoogle, state, error, object, classID, isClassAtGoogle, classState, classError,
            classResource
        ) = try row.decode(
            String.self, GoogleKind.self, Bool.self, GoogleClassState.self, String?.self, StoredJSON.self, String.self,
            Bool.self, GoogleClassState.self, String?.self, StoredJSON.self)
        return Standing(
            objectID: objectID, kind: kind, isAtGoogle: isAtGoogle, state: state, error: error, object: object.object,
            classID: classID, isClassAtGoogle: isClassAtGoogle, classState: classState, classError: classError,
            classResource: classResource.object)
    }

    /// A campaign's passes behind a serial number, in order.
    func objects(
        of campaign: CampaignID, after serialNumber: String, limit: Int
    ) async throws(PostgresError) -> [GoogleObject] {
        var objects: [GoogleObject] = []
        let rows = try await database.query(
            """
            SELECT o.serial_number, o.object_id, r.class_id, o.version, r.state, r.error, o.has_users, r.written_at
            FROM google.objects o JOIN google.resources r ON r.level = 'object' AND r.resource_id = o.object_id
            WHERE o.campaign_id = \(campaign) AND o.serial_number > \(serialNumber)
            ORDER BY o.serial_number LIMIT \(limit)
            """)
        for row in rows {
            let (serialNumber, objectID, classID, version, state, error, hasUsers, writtenAt) = try row.decode(
                SerialNumber.self, String.self, String?.self, Int.self, GoogleClassState.self, String?.self, Bool.self,
                Instant?.self)
            objects.append(
                GoogleObject(
                    serialNumber: serialNumber, objectId: objectID, classId: classID ?? "", version: version,
                    state: state, error: error, saved: hasUsers, writtenAt: writtenAt))
        }
        return objects
    }

    /// What happened to a pass, the newest first.
    func events(of serialNumber: SerialNumber, limit: Int) async throws(PostgresError) -> [PassEvent] {
        var events: [PassEvent] = []
        let rows = try await database.query(
            """
            SELECT e.at, e.kind, e.detail FROM google.events e
            WHERE e.object_id = (SELECT o.object_id FROM google.objects o WHERE o.serial_number = \(serialNumber))
            ORDER BY e.position DESC LIMIT \(limit)
            """)
        for row in rows {
            let (at, kind, detail) = try row.decode(Instant.self, String.self, String.self)
            // The column's check knows no other words.
            guard let kind = PassEventKind(rawValue: kind) else { continue }
            events.append(PassEvent(at: at, kind: kind, detail: detail))
        }
        return events
    }

    /// When the users of an object were notified last.
    func notifications(of objectID: String) async throws(PostgresError) -> [Instant] {
        try await database.query("SELECT notified_at FROM google.objects WHERE object_id = \(objectID)")
            .first?.decode([Instant].self) ?? []
    }

    /// Remembers that the users of an object are notified now, with the newest of earlier times.
    func notified(_ objectID: String, at now: Instant) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE google.objects SET notified_at =
                (ARRAY[\(now)] || notified_at)[1:\(NotificationBudget.count)]
            WHERE object_id = \(objectID)
            """)
    }
}
