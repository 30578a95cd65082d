import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Reading and changing many passes at once, in the transaction of a batch.
extension PassStore {
    /// The passes of a campaign behind a serial number, in order, as they are now.
    func passes(
        of campaign: CampaignID, after serialNumber: String, limit: Int, in transaction: Transaction
    ) async throws(PostgresError) -> [Pass] {
        try await transaction.query(
            """
            SELECT \(unescaped: Pass.columns) FROM issuer.passes
            WHERE campaign_id = \(campaign) AND serial_number > \(serialNumber)
            ORDER BY serial_number LIMIT \(limit)
            """
        ).map(Pass.init(row:))
    }

    /// The passes of these serial numbers as they are now.
    /// - Parameter isLocked: whether nobody else may change them until the transaction ends.
    func passes(
        _ serialNumbers: [SerialNumber], isLocked: Bool, in transaction: Transaction
    ) async throws(PostgresError) -> [Pass] {
        let statement: SQL =
            isLocked
            ? """
            SELECT \(unescaped: Pass.columns) FROM issuer.passes
            WHERE serial_number = ANY (\(serialNumbers)) ORDER BY serial_number FOR NO KEY UPDATE
            """
            : "SELECT \(unescaped: Pass.columns) FROM issuer.passes WHERE serial_number = ANY (\(serialNumbers))"
        return try await transaction.query(statement).map(Pass.init(row:))
    }

    /// Replaces the versions that the changes were made from; platforms stay as they are.
    ///
    /// What a campaign's change leaves as it is, contact and voucher, is not sent.
    /// Rows are locked in the order of their serial numbers, so that two batches never wait for each other in a circle.
    /// - Returns: the passes that were replaced; others were changed by somebody else meanwhile.
    func replace(
        _ transitions: [PassTransition], at now: Instant, in transaction: Transaction
    ) async throws(PostgresError) -> Set<SerialNumber> {
        if transitions.isEmpty { return [] }
        let passes = transitions.map(\.new)
        let serialNumbers = passes.map(\.serialNumber)
        // A statement of its own: joined with the values below, the lock would carry a copy of each row about.
        try await transaction.execute(
            """
            SELECT FROM issuer.passes WHERE serial_number = ANY (\(serialNumbers))
            ORDER BY serial_number FOR NO KEY UPDATE
            """)
        let rows = try await transaction.query(
            """
            UPDATE issuer.passes p
            SET contact = coalesce(n.contact, p.contact), voucher = coalesce(n.voucher, p.voucher), voided = n.voided, campaign_version = n.campaign_version,
                version = p.version + 1, data_at = n.data_at, last_modified = n.last_modified,
                changed_at = n.changed_at,
                expires_at = CASE WHEN n.expires_anew THEN n.expires_at ELSE p.expires_at END, updated_at = \(now)
            FROM unnest(\(serialNumbers)::text[], \(transitions.map(\.old.version))::bigint[],
                \(transitions.map { $0.old.contact == $0.new.contact ? nil : StoredJSON($0.new.contact) })::json[],
                \(transitions.map { $0.old.voucher == $0.new.voucher ? nil : StoredJSON($0.new.voucher) })::json[],
                \(passes.map(\.voided))::boolean[], \(passes.map(\.campaignVersion))::bigint[],
                \(passes.map(\.dataAt))::timestamptz[], \(passes.map(\.lastModified))::bigint[],
                \(passes.map(\.changedAt))::timestamptz[], \(transitions.map(\.expiresAnew))::boolean[],
                \(passes.map(\.expiresAt))::timestamptz[])
                AS n (serial_number, old_version, contact, voucher, voided, campaign_version, data_at, last_modified,
                    changed_at, expires_anew, expires_at)
            WHERE p.serial_number = n.serial_number AND p.version = n.old_version
            RETURNING p.serial_number
            """)
        var replaced: Set<SerialNumber> = []
        for row in rows { replaced.insert(try row.decode(SerialNumber.self)) }
        return replaced
    }
}
