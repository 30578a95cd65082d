import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// The passes of an erasure.
extension ErasureStore {
    /// Some passes of a campaign that were not erased.
    func passes(of campaign: CampaignID, limit: Int) async throws(PostgresError) -> [Pass] {
        try await database.query(
            """
            SELECT \(unescaped: Pass.columns) FROM issuer.passes
            WHERE campaign_id = \(campaign) AND erased_at IS NULL ORDER BY serial_number LIMIT \(limit)
            """
        ).map(Pass.init(row:))
    }

    /// Empties a pass, deletes what else is known of it, and keeps whom to tell: all of it or nothing.
    /// - Returns: false when somebody else changed the pass meanwhile.
    func erase(
        _ old: Pass, to new: Pass, by erasure: ErasureID, told: ErasurePass, notices: OutboxRows
    ) async throws -> Bool {
        try await database.transaction { transaction in
            let held = try await transaction.query(
                """
                SELECT 1 FROM issuer.passes WHERE serial_number = \(old.serialNumber) AND version = \(old.version)
                FOR NO KEY UPDATE
                """)
            guard !held.isEmpty else { return false }
            // Before the change, which tells the webhooks of a pass that says nothing any more.
            try await transaction.execute(
                "DELETE FROM issuer.webhook_deliveries WHERE serial_number = \(old.serialNumber)")
            try await Self.empty(new, in: transaction)
            try await Self.deleteHistory(of: new, in: transaction)
            try await transaction.execute(
                """
                INSERT INTO issuer.messages (kind, destination, payload)
                SELECT m.kind, m.destination, m.payload
                FROM unnest(\(notices.kinds)::text[], \(notices.destinations)::text[], \(notices.payloads)::json[])
                    AS m (kind, destination, payload)
                """)
            transaction.afterCommit { [signals] in signals.left(notices.kinds) }
            // xmax is 0 in a row just inserted; another was emptied before, and somebody had come back.
            let isFirst = try await transaction.query(
                """
                INSERT INTO issuer.erasure_passes (erasure_id, serial_number, pass_type_identifier, is_google, version)
                VALUES (\(erasure), \(told.serialNumber), \(told.passType), \(told.isGoogle), \(told.version))
                ON CONFLICT (erasure_id, serial_number) DO UPDATE SET version = excluded.version
                RETURNING xmax = 0
                """
            ).only().decode(Bool.self)
            try await transaction.execute(
                "UPDATE issuer.erasures SET passes = passes + \(isFirst ? 1 : 0) WHERE id = \(erasure)")
            return true
        }
    }

    private static func empty(_ pass: Pass, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute(
            """
            UPDATE issuer.passes SET pass_key = \(pass.passKey), contact = \(StoredJSON(pass.contact)),
                voucher = \(StoredJSON(pass.voucher)), voided = true, campaign_version = \(pass.campaignVersion),
                version = \(pass.version), data_at = \(pass.dataAt), last_modified = \(pass.lastModified),
                changed_at = \(pass.changedAt), expires_at = NULL, updated_at = \(pass.updatedAt),
                personalized_at = NULL, personalization_token_hash = NULL, personalized_keys = NULL,
                erased_at = \(pass.erasedAt)
            WHERE serial_number = \(pass.serialNumber)
            """)
    }

    private static func deleteHistory(of pass: Pass, in transaction: Transaction) async throws {
        let serialNumber = pass.serialNumber
        try await transaction.execute("DELETE FROM issuer.pass_events WHERE serial_number = \(serialNumber)")
        try await transaction.execute(
            """
            INSERT INTO issuer.pass_events (serial_number, at, kind, detail)
            VALUES (\(serialNumber), \(pass.updatedAt), \(PassEventKind.changed), \(ChangeCause.erasure.detail))
            """)
        // What a line of a mass update brings is refused when its turn comes; until then nothing of it stays.
        try await transaction.execute(
            "UPDATE issuer.pass_updates SET patch = '{}' WHERE serial_number = \(serialNumber)")
        // Reasons may quote values.
        try await transaction.execute("DELETE FROM issuer.rollout_errors WHERE serial_number = \(serialNumber)")
    }

    /// Deletes what writers that began before the erasure left behind it.
    func deleteLate(of erasure: ErasureID, contact: String?) async throws(PostgresError) {
        try await database.execute(
            """
            DELETE FROM issuer.webhook_deliveries d USING issuer.erasure_passes p
            WHERE p.erasure_id = \(erasure) AND d.serial_number = p.serial_number
                AND d.data ->> 'passKey' IS DISTINCT FROM d.serial_number
            """)
        guard let contact else { return }
        try await database.execute(
            "UPDATE issuer.pass_updates SET patch = '{}' WHERE patch -> 'contact' ->> 'id' = \(contact)")
    }

    /// The passes of an erasure behind a serial number, in order, but for those that are somebody's again.
    func passes(
        of erasure: ErasureID, after serialNumber: String, limit: Int
    ) async throws(PostgresError) -> [ErasurePass] {
        let rows = try await database.query(
            """
            SELECT e.serial_number, e.pass_type_identifier, e.is_google, e.version
            FROM issuer.erasure_passes e JOIN issuer.passes p ON p.serial_number = e.serial_number
            WHERE e.erasure_id = \(erasure) AND e.serial_number > \(serialNumber) AND p.erased_at IS NOT NULL
            ORDER BY e.serial_number LIMIT \(limit)
            """)
        var passes: [ErasurePass] = []
        for row in rows {
            let (serialNumber, passType, isGoogle, version) = try row.decode(
                SerialNumber.self, PassTypeIdentifier?.self, Bool.self, Int?.self)
            passes.append(
                ErasurePass(serialNumber: serialNumber, passType: passType, isGoogle: isGoogle, version: version))
        }
        return passes
    }
}
