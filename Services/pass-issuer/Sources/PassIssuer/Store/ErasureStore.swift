import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// What is erased, and what was, in `issuer.erasures`.
struct ErasureStore: Sendable {
    let database: PostgresPool
    var signals = WorkSignals()

    /// Whether one of these hashes was erased at an instant or later.
    func holds(_ hashes: [String], since instant: Instant) async throws(PostgresError) -> Bool {
        if hashes.isEmpty { return false }
        return try await !database.query(
            """
            SELECT 1 FROM issuer.erasures
            WHERE contact_hash = ANY (\(hashes)) AND erased_at >= \(instant) LIMIT 1
            """
        ).isEmpty
    }

    /// Begins an erasure.
    /// - Parameter contact: the contact's id, sealed; nil when its hash alone is known.
    func insert(
        _ id: ErasureID, contactHash: String, contact: [UInt8]?, erasedAt: Instant, requestID: String, at now: Instant
    ) async throws(PostgresError) {
        try await database.execute(
            """
            INSERT INTO issuer.erasures (id, contact_hash, sealed_contact, erased_at, request_id, created_at)
            VALUES (\(id), \(contactHash), \(contact), \(erasedAt), \(requestID), \(now))
            """)
    }

    /// Begins the erasure of passes of a campaign that ended before an instant, if there are any and none is being emptied.
    /// - Returns: whether it did.
    func insertEnded(before instant: Instant, requestID: String, at now: Instant) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            INSERT INTO issuer.erasures (campaign_id, erased_at, request_id, created_at)
            SELECT c.id, \(now), \(requestID), \(now) FROM issuer.campaigns c
            WHERE least(c.ends_at, c.ended_at) < \(instant)
                AND EXISTS (SELECT FROM issuer.passes p WHERE p.campaign_id = c.id AND p.erased_at IS NULL)
                AND NOT EXISTS (SELECT FROM issuer.erasures e WHERE e.campaign_id IS NOT NULL AND e.state = 'running'
                    AND e.issuer_remaining IS DISTINCT FROM 0)
            ORDER BY c.id LIMIT 1
            """) == 1
    }

    /// An erasure.
    func erasure(_ id: ErasureID) async throws(PostgresError) -> StoredErasure? {
        try await database.query("SELECT \(unescaped: Self.columns) FROM issuer.erasures e WHERE id = \(id)")
            .first.map(StoredErasure.init(row:))
    }

    /// The newest erasures below a number.
    func erasures(before number: Int, limit: Int) async throws(PostgresError) -> [StoredErasure] {
        try await database.query(
            """
            SELECT \(unescaped: Self.columns) FROM issuer.erasures e WHERE number < \(number)
            ORDER BY number DESC LIMIT \(limit)
            """
        ).map(StoredErasure.init(row:))
    }

    /// The running erasures behind a number that hold a contact's id, in their order.
    func sealedContacts(after number: Int, limit: Int) async throws(PostgresError) -> [StoredErasure] {
        try await database.query(
            """
            SELECT \(unescaped: Self.columns) FROM issuer.erasures e
            WHERE number > \(number) AND state = 'running' AND sealed_contact IS NOT NULL ORDER BY number LIMIT \(limit)
            """
        ).map(StoredErasure.init(row:))
    }

    /// Takes an erasure that has something left, for a while: a crash gives it back.
    func take(for seconds: Int) async throws(PostgresError) -> StoredErasure? {
        try await database.query(
            """
            UPDATE issuer.erasures e SET next_look_at = now() + \(seconds) * interval '1 second'
            WHERE id = (SELECT id FROM issuer.erasures WHERE state = 'running' AND next_look_at <= now()
                ORDER BY next_look_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING \(unescaped: Self.columns)
            """
        ).first.map(StoredErasure.init(row:))
    }

    /// Keeps what is left, and when it is looked at again.
    func record(
        _ remaining: StoredErasure.Remaining, of id: ErasureID, nextLookAfterSeconds seconds: Int
    ) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE issuer.erasures SET issuer_remaining = \(remaining.issuer), registry_remaining = \(remaining.registry),
                push_remaining = \(remaining.pushSender), google_remaining = \(remaining.bridge),
                sealed_contact = CASE WHEN \(remaining.issuer == 0) THEN NULL ELSE sealed_contact END,
                next_look_at = now() + \(seconds) * interval '1 second'
            WHERE id = \(id) AND state = 'running'
            """)
    }

    /// Ends an erasure of which nothing is left, and writes that into the audit log.
    func finish(_ erasure: StoredErasure, audit: AuditStore, at now: Instant) async throws {
        try await database.transaction { transaction in
            let ended = try await transaction.query(
                """
                UPDATE issuer.erasures SET state = 'done', sealed_contact = NULL, finished_at = \(now),
                    issuer_remaining = 0, registry_remaining = 0, push_remaining = 0, google_remaining = 0
                WHERE id = \(erasure.id) AND state = 'running' RETURNING passes
                """)
            guard let passes = try ended.first?.decode(Int.self) else { return }
            try await transaction.execute("DELETE FROM issuer.erasure_passes WHERE erasure_id = \(erasure.id)")
            var ids = ["id": erasure.id.rawValue, "passes": "\(passes)"]
            ids["contactHash"] = erasure.contactHash
            ids["campaignId"] = erasure.campaign?.rawValue
            try await audit.insert(
                AuditEntry(
                    at: now, actor: "service", method: "COMPLETE",
                    route: PassIssuerEndpoints.getErasure.template.description,
                    ids: ids, status: HTTPStatus.ok.rawValue, requestId: erasure.requestID), in: transaction)
        }
    }

    /// The columns that make an erasure, in the order in which `init(row:)` reads them.
    private static let columns: StaticString = """
        e.id, e.number, e.contact_hash, e.campaign_id, e.sealed_contact, e.search_began_at, e.searched_through, \
        e.erased_at, e.request_id, e.state = 'done', e.passes, e.issuer_remaining, e.registry_remaining, \
        e.push_remaining, e.google_remaining, e.created_at, e.finished_at
        """
}

extension StoredErasure {
    fileprivate init(row: Row) throws(PostgresError) {
        let (
            id, number, hash, campaign, contact, beganAt, through, erasedAt, requestID, isDone, passes, issuer,
            registry, pushSender, bridge, createdAt, finishedAt
        ) = try row.decode(
            ErasureID.self, Int.self, String?.self, CampaignID?.self, [UInt8]?.self, Instant?.self, String.self,
            Instant.self, String.self, Bool.self, Int.self, Int?.self, Int?.self, Int?.self, Int?.self, Instant.self,
            Instant?.self)
        self.init(
            id: id, number: number, contactHash: hash, campaign: campaign, sealedContact: contact,
            search: beganAt.map { ContactSearch(beganAt: $0, through: through) }, erasedAt: erasedAt,
            requestID: requestID, isDone: isDone, passes: passes,
            remaining: Remaining(issuer: issuer, registry: registry, pushSender: pushSender, bridge: bridge),
            createdAt: createdAt, finishedAt: finishedAt)
    }
}
