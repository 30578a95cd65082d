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
        // So the rows are looked up, and locked, one after the other as they are listed below.
        try await transaction.execute(
            """
            SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
            """)
        let rows = try await transaction.query(
            """
            UPDATE issuer.passes p
            SET contact = coalesce(n.contact, p.contact), voucher = coalesce(n.voucher, p.voucher), voided = n.voided, campaign_version = n.campaign_version,
                version = p.version + 1, data_at = n.data_at, last_modified = n.last_modified,
                changed_at = n.changed_at,
                expires_at = CASE WHEN n.expires_anew THEN n.expires_at ELSE p.expires_at END, updated_at = \(now)
            FROM (
                SELECT * FROM unnest(\(transitions.map { $0.new.serialNumber })::text[], \(transitions.map { $0.old.version })::bigint[],
                    \(transitions.map { $0.old.contact == $0.new.contact ? nil : StoredJSON($0.new.contact) })::json[],
                    \(transitions.map { $0.old.voucher == $0.new.voucher ? nil : StoredJSON($0.new.voucher) })::json[],
                    \(transitions.map { $0.new.voided })::boolean[], \(transitions.map { $0.new.campaignVersion })::bigint[],
                    \(transitions.map { $0.new.dataAt })::timestamptz[], \(transitions.map { $0.new.lastModified })::bigint[],
                    \(transitions.map { $0.new.changedAt })::timestamptz[], \(transitions.map { $0.expiresAnew })::boolean[],
                    \(transitions.map { $0.new.expiresAt })::timestamptz[])
                    AS u (serial_number, old_version, contact, voucher, voided, campaign_version, data_at, last_modified,
                        changed_at, expires_anew, expires_at)
                ORDER BY serial_number
            ) n
            WHERE p.serial_number = n.serial_number AND p.version = n.old_version
            RETURNING p.serial_number
            """)
        var replaced: Set<SerialNumber> = []
        for row in rows { replaced.insert(try row.decode(SerialNumber.self)) }
        return replaced
    }
}
