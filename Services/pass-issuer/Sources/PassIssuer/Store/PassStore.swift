import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Passes in `issuer.passes`. Every change is a compare-and-set on the row's version, and writes what others must learn
/// in the same statement.
struct PassStore: Sendable {
    let database: PostgresPool
    private let signals: WorkSignals

    private let reads: StatementBatches<SerialNumber, Pass?>
    private let insertions: StatementBatches<PassInsertion, Bool>

    init(database: PostgresPool, signals: WorkSignals = WorkSignals()) {
        self.database = database
        self.signals = signals
        reads = StatementBatches { (serialNumbers) throws(PostgresError) in
            try await Self.passes(serialNumbers, in: database)
        }
        insertions = StatementBatches { (insertions) throws(PostgresError) in
            try await Self.insert(insertions, in: database)
        }
    }

    /// A pass by its serial number.
    func pass(_ serialNumber: SerialNumber) async throws(PostgresError) -> Pass? {
        try await reads(serialNumber)
    }

    /// Begins to ask for it, for whoever has something else to ask meanwhile.
    func beginPass(_ serialNumber: SerialNumber) -> PendingOutcome<Pass?> {
        reads.begin(serialNumber)
    }

    /// Passes by their serial numbers; those that are not there are left out.
    func passes(_ serialNumbers: [SerialNumber]) async throws(PostgresError) -> [Pass] {
        try await Self.passes(serialNumbers, in: database).compactMap { $0 }
    }

    /// Stores a new pass, of the version that its campaign has now, and that its package was downloaded if it is one.
    /// - Parameter hashes: those of its contact, who must not have been erased since the link was made.
    /// - Returns: false when the serial number is there already, the campaign has another version or was ended by now, or
    ///   the contact was erased.
    func insert(_ pass: Pass, unlessErased hashes: [String]) async throws(PostgresError) -> Bool {
        try await insertions(PassInsertion(pass: pass, contactHashes: hashes))
    }

    /// Replaces the version that the change was made from, and keeps what others must learn of it.
    /// - Returns: false when somebody else changed the pass meanwhile, or its version of the campaign is gone.
    func replace(_ transition: PassTransition) async throws -> Bool {
        let messages = try OutboxRows(transition.notices)
        let statement = Self.replacement(transition, messages)
        do throws(PostgresError) {
            let changed = try await database.query(statement)
            if !changed.isEmpty { signals.left(messages.kinds) }
            return !changed.isEmpty
        } catch {
            guard error.sqlState == .foreignKeyViolation else { throw error }
            return false
        }
    }

    private static func replacement(_ transition: PassTransition, _ messages: OutboxRows) -> SQL {
        let pass = transition.new
        return """
            WITH changed AS (
                UPDATE issuer.passes
                SET pass_key = \(pass.passKey), erased_at = \(pass.erasedAt), platforms = \(pass.platforms.sorted), contact = \(StoredJSON(pass.contact)),
                    voucher = \(StoredJSON(pass.voucher)), voided = \(pass.voided),
                    campaign_version = \(pass.campaignVersion), version = \(pass.version), data_at = \(pass.dataAt),
                    last_modified = \(pass.lastModified), changed_at = \(pass.changedAt),
                    expires_at = CASE WHEN \(transition.expiresAnew) THEN \(pass.expiresAt) ELSE expires_at END,
                    updated_at = \(pass.updatedAt), personalized_at = \(pass.enrolment?.at),
                    personalization_token_hash = \(pass.enrolment?.tokenHash),
                    personalized_keys = \(pass.enrolment?.keys)
                WHERE serial_number = \(pass.serialNumber) AND version = \(transition.old.version)
                RETURNING serial_number, campaign_id
            ), told AS (
                INSERT INTO issuer.messages (kind, destination, payload)
                SELECT m.kind, m.destination, m.payload
                FROM changed, unnest(\(messages.kinds)::text[], \(messages.destinations)::text[],
                    \(messages.payloads)::json[]) AS m (kind, destination, payload)
            ), noted AS (
                INSERT INTO issuer.pass_events (serial_number, at, kind, detail)
                SELECT serial_number, \(pass.updatedAt), \(PassEventKind.changed)::text,
                    \(transition.cause.detail)::text
                FROM changed WHERE \(transition.isVisible)
            ), counted AS (
                INSERT INTO issuer.activity AS a (campaign_id, day, shard, updates)
                SELECT campaign_id, (\(pass.updatedAt)::timestamptz AT TIME ZONE 'UTC')::date, pg_backend_pid() % 16, 1
                FROM changed WHERE \(transition.isVisible)
                ON CONFLICT (campaign_id, day, shard) DO UPDATE SET updates = a.updates + 1
            )
            SELECT serial_number FROM changed
            """
    }

    /// The passes of a contact behind a serial number, in order.
    func passes(ofContact id: String, after serialNumber: String, limit: Int) async throws(PostgresError) -> [Pass] {
        try await database.query(
            """
            SELECT \(unescaped: Pass.columns) FROM issuer.passes
            WHERE contact ->> 'id' = \(id) AND serial_number > \(serialNumber)
            ORDER BY serial_number LIMIT \(limit)
            """
        ).map(Pass.init(row:))
    }

    /// The passes of a campaign behind a serial number, in order.
    func passes(
        of campaign: CampaignID, after serialNumber: String, limit: Int
    ) async throws(PostgresError) -> [Pass] {
        try await database.query(
            """
            SELECT \(unescaped: Pass.columns) FROM issuer.passes
            WHERE campaign_id = \(campaign) AND serial_number > \(serialNumber)
            ORDER BY serial_number LIMIT \(limit)
            """
        ).map(Pass.init(row:))
    }
}

extension Set<Platform> {
    fileprivate var sorted: [Platform] { Platform.allCases.filter(contains) }
}
