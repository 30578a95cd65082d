import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Statements that answer many callers at once.
extension PassStore {
    /// The passes of these serial numbers, in their order.
    static func passes(
        _ serialNumbers: [SerialNumber], in database: PostgresPool
    ) async throws(PostgresError) -> [Pass?] {
        // Looked up one by one: a plan for a list could read the whole table, made while that was small.
        let rows = try await database.query(
            """
            SELECT \(unescaped: Pass.columns) FROM unnest(\(anyLength: Array(Set(serialNumbers)))) AS asked (wanted)
            CROSS JOIN LATERAL (SELECT * FROM issuer.passes WHERE serial_number = asked.wanted LIMIT 1) p
            """)
        var passes: [SerialNumber: Pass] = [:]
        for row in rows {
            let pass = try Pass(row: row)
            passes[pass.serialNumber] = pass
        }
        return serialNumbers.map { passes[$0] }
    }

    /// Stores new passes as `insert(_:unlessErased:)` says; of several with one serial number the first.
    static func insert(
        _ insertions: [PassInsertion], in database: PostgresPool
    ) async throws(PostgresError) -> [Bool] {
        let passes = insertions.map { $0.pass }
        let hashes = insertions.enumerated().flatMap { index, insertion in
            insertion.contactHashes.map { (position: index + 1, hash: $0) }
        }
        // In the order of their serial numbers, so that no two statements wait for each other in a circle.
        let rows = try await database.query(
            """
            WITH made AS (
                INSERT INTO issuer.passes (serial_number, campaign_id, pass_key, platforms, contact, voucher, voided,
                    campaign_version, version, token_key_id, data_at, last_modified, expires_at, created_at,
                    updated_at)
                SELECT n.serial_number, n.campaign_id, n.pass_key, string_to_array(n.platforms, ','), n.contact,
                    n.voucher, n.voided, n.campaign_version, n.version, n.token_key_id, n.data_at, n.last_modified,
                    n.expires_at, n.created_at, n.updated_at
                FROM unnest(
                    \(anyLength: passes.map { $0.serialNumber }), \(anyLength: passes.map { $0.campaign }),
                    \(anyLength: passes.map { $0.passKey }), \(anyLength: passes.map { $0.platforms.joined }),
                    \(anyLength: passes.map { StoredJSON($0.contact) }),
                    \(anyLength: passes.map { StoredJSON($0.voucher) }), \(anyLength: passes.map { $0.voided }),
                    \(anyLength: passes.map { $0.campaignVersion }), \(anyLength: passes.map { $0.version }),
                    \(anyLength: passes.map { $0.tokenKeyID }), \(anyLength: passes.map { $0.dataAt }),
                    \(anyLength: passes.map { $0.lastModified }), \(anyLength: passes.map { $0.expiresAt }),
                    \(anyLength: passes.map { $0.createdAt }), \(anyLength: passes.map { $0.updatedAt })) WITH ORDINALITY
                    AS n (serial_number, campaign_id, pass_key, platforms, contact, voucher, voided, campaign_version,
                        version, token_key_id, data_at, last_modified, expires_at, created_at, updated_at, position)
                CROSS JOIN LATERAL (
                    SELECT FROM issuer.campaigns c
                    WHERE c.id = n.campaign_id AND c.current_version = n.campaign_version AND c.ended_at IS NULL
                    FOR KEY SHARE) c
                WHERE NOT EXISTS (
                    SELECT FROM unnest(\(anyLength: hashes.map { $0.hash }), \(anyLength: hashes.map { $0.position }))
                        AS h (contact_hash, position)
                    CROSS JOIN LATERAL (
                        SELECT FROM issuer.erasures e
                        WHERE e.contact_hash = h.contact_hash AND e.erased_at >= n.data_at LIMIT 1) e
                    WHERE h.position = n.position)
                ORDER BY n.serial_number, n.position
                ON CONFLICT (serial_number) DO NOTHING
                RETURNING serial_number, platforms, created_at
            ), noted AS (
                INSERT INTO issuer.pass_events (serial_number, at, kind, detail)
                SELECT serial_number, created_at, \(PassEventKind.downloaded)::text, \(StoredPassEvent.downloadDetail)::text
                FROM made WHERE \(Platform.apple.rawValue)::text = ANY (platforms)
            )
            SELECT serial_number FROM made
            """)
        var made: Set<SerialNumber> = []
        for row in rows { made.insert(try row.decode(SerialNumber.self)) }
        // Of several with one serial number the first was made: the others find it.
        return passes.map { made.remove($0.serialNumber) != nil }
    }
}

extension Set<Platform> {
    fileprivate var joined: String { Platform.allCases.filter(contains).map(\.rawValue).joined(separator: ",") }
}
