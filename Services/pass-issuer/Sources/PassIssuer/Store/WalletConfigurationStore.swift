import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Wallet configurations in `issuer.wallet_configurations`.
struct WalletConfigurationStore: Sendable {
    let database: PostgresPool

    /// A configuration by its id.
    func configuration(_ id: WalletConfigurationID) async throws(PostgresError) -> WalletConfiguration? {
        try await database.query(Self.select(id)).first.map(WalletConfiguration.init(row:))
    }

    /// A configuration by its id, locked until the transaction ends.
    func configuration(
        _ id: WalletConfigurationID, lockedIn transaction: Transaction
    ) async throws(PostgresError) -> WalletConfiguration? {
        _ = try await transaction.query(
            "SELECT pg_advisory_xact_lock(hashtextextended('issuer.wallet_configurations ' || \(id)::text, 0))")
        // Campaigns that are being stored hold the row; what they rely on can't be taken from under them.
        _ = try await transaction.query("SELECT 1 FROM issuer.wallet_configurations WHERE id = \(id) FOR UPDATE")
        return try await transaction.query(Self.select(id)).first.map(WalletConfiguration.init(row:))
    }

    /// The configuration whose certificate is for a pass type.
    func configuration(of passType: PassTypeIdentifier) async throws(PostgresError) -> WalletConfiguration? {
        try await database.query(
            """
            SELECT id, name, organization_name, revision, pass_type_identifier, team_identifier, certificate,
                intermediates, sealed_private_key, push_key_id, push_key_team_id, sealed_push_key, google_issuer_id,
                google_client_email, sealed_service_account, created_at, updated_at
            FROM issuer.wallet_configurations WHERE pass_type_identifier = \(passType)
            """
        ).first.map(WalletConfiguration.init(row:))
    }

    /// The configurations behind an id, in order.
    func configurations(after id: String, limit: Int) async throws(PostgresError) -> [WalletConfiguration] {
        try await database.query(
            """
            SELECT id, name, organization_name, revision, pass_type_identifier, team_identifier, certificate,
                intermediates, sealed_private_key, push_key_id, push_key_team_id, sealed_push_key, google_issuer_id,
                google_client_email, sealed_service_account, created_at, updated_at
            FROM issuer.wallet_configurations WHERE id > \(id) ORDER BY id LIMIT \(limit)
            """
        ).map(WalletConfiguration.init(row:))
    }

    /// Stores a configuration in place of what stood under its id, with a new revision.
    func save(_ configuration: WalletConfiguration, in transaction: Transaction) async throws(PostgresError) {
        let (apple, google) = (configuration.apple, configuration.google)
        try await transaction.execute(
            """
            INSERT INTO issuer.wallet_configurations (id, name, organization_name, revision, pass_type_identifier,
                team_identifier, certificate, intermediates, sealed_private_key, push_key_id, push_key_team_id,
                sealed_push_key, google_issuer_id, google_client_email, sealed_service_account, created_at, updated_at)
            VALUES (\(configuration.id), \(configuration.name), \(configuration.organizationName),
                nextval('issuer.wallet_revisions'), \(apple?.passTypeIdentifier), \(apple?.teamIdentifier),
                \(apple?.certificate), \(apple?.intermediates ?? []), \(apple?.sealedPrivateKey),
                \(apple?.pushKey?.keyID), \(apple?.pushKey?.teamID), \(apple?.pushKey?.sealedKey),
                \(google?.issuerID), \(google?.clientEmail), \(google?.sealedServiceAccount),
                \(configuration.createdAt), \(configuration.updatedAt))
            ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, organization_name = EXCLUDED.organization_name,
                revision = EXCLUDED.revision, pass_type_identifier = EXCLUDED.pass_type_identifier,
                team_identifier = EXCLUDED.team_identifier, certificate = EXCLUDED.certificate,
                intermediates = EXCLUDED.intermediates, sealed_private_key = EXCLUDED.sealed_private_key,
                push_key_id = EXCLUDED.push_key_id, push_key_team_id = EXCLUDED.push_key_team_id,
                sealed_push_key = EXCLUDED.sealed_push_key, google_issuer_id = EXCLUDED.google_issuer_id,
                google_client_email = EXCLUDED.google_client_email,
                sealed_service_account = EXCLUDED.sealed_service_account, updated_at = EXCLUDED.updated_at
            """)
    }

    /// Deletes a configuration.
    /// - Throws: a foreign-key violation while a campaign uses it.
    func delete(_ id: WalletConfigurationID, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute("DELETE FROM issuer.wallet_configurations WHERE id = \(id)")
    }

    /// The active campaigns that use the configuration.
    func activeCampaigns(
        of id: WalletConfigurationID, in transaction: Transaction
    ) async throws(PostgresError) -> [CampaignID] {
        let rows = try await transaction.query(
            """
            SELECT id FROM issuer.campaigns
            WHERE wallet_configuration_id = \(id) AND activated_at IS NOT NULL ORDER BY id
            """)
        var campaigns: [CampaignID] = []
        for row in rows { campaigns.append(try row.decode(CampaignID.self)) }
        return campaigns
    }

    /// Whether a campaign uses the configuration.
    func isUsed(_ id: WalletConfigurationID, in transaction: Transaction) async throws(PostgresError) -> Bool {
        try await !transaction.query(
            "SELECT 1 FROM issuer.campaigns WHERE wallet_configuration_id = \(id) LIMIT 1"
        ).isEmpty
    }

    /// Whether passes show the organisation that the configuration names, since their campaign names none.
    func lendsItsName(_ id: WalletConfigurationID, in transaction: Transaction) async throws(PostgresError) -> Bool {
        try await !transaction.query(
            """
            SELECT 1 FROM issuer.campaigns c
            JOIN issuer.campaign_versions v ON v.campaign_id = c.id
            WHERE c.wallet_configuration_id = \(id) AND v.content #> '{pass,organizationName}' IS NULL
                AND EXISTS (SELECT 1 FROM issuer.passes p WHERE p.campaign_id = c.id)
            LIMIT 1
            """
        ).isEmpty
    }

    private static func select(_ id: WalletConfigurationID) -> SQL {
        """
        SELECT id, name, organization_name, revision, pass_type_identifier, team_identifier, certificate,
            intermediates, sealed_private_key, push_key_id, push_key_team_id, sealed_push_key, google_issuer_id,
            google_client_email, sealed_service_account, created_at, updated_at
        FROM issuer.wallet_configurations WHERE id = \(id)
        """
    }
}
