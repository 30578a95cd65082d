import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Writing campaigns: every change runs in one transaction that holds the campaign's lock.
extension CampaignStore {
    /// Lets one change of a campaign run at a time, its creation included.
    func lock(_ id: CampaignID, in transaction: Transaction) async throws(PostgresError) {
        _ = try await transaction.query(
            "SELECT pg_advisory_xact_lock(hashtextextended('issuer.campaigns ' || \(id)::text, 0))")
        // Passes that are being made right now either are seen by this change, or wait for it and are made anew.
        _ = try await transaction.query("SELECT 1 FROM issuer.campaigns WHERE id = \(id) FOR UPDATE")
    }

    /// Whether any pass was made of the campaign.
    func hasPasses(_ id: CampaignID, in transaction: Transaction) async throws(PostgresError) -> Bool {
        try await !transaction.query(
            "SELECT 1 FROM issuer.passes WHERE campaign_id = \(id) LIMIT 1"
        ).isEmpty
    }

    /// Stores a new campaign without its version.
    func insert(_ campaign: Campaign, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute(
            """
            INSERT INTO issuer.campaigns (id, name, wallet_configuration_id, current_version, activated_at, ends_at,
                created_at, updated_at)
            VALUES (\(campaign.id), \(campaign.name), \(campaign.walletConfiguration),
                \(campaign.version), \(campaign.activatedAt), \(campaign.endsAt), \(campaign.createdAt),
                \(campaign.updatedAt))
            """)
    }

    /// Stores what a campaign says besides its content.
    func update(_ campaign: Campaign, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute(
            """
            UPDATE issuer.campaigns
            SET name = \(campaign.name), wallet_configuration_id = \(campaign.walletConfiguration),
                current_version = \(campaign.version), activated_at = \(campaign.activatedAt),
                ends_at = \(campaign.endsAt), ended_at = \(campaign.endedAt), updated_at = \(campaign.updatedAt)
            WHERE id = \(campaign.id)
            """)
    }

    /// Stores the campaign's definition and images as the version that it names.
    func insertVersion(of campaign: Campaign, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute(
            """
            INSERT INTO issuer.campaign_versions (campaign_id, version, content, created_at)
            VALUES (\(campaign.id), \(campaign.version), \(StoredDefinition(campaign.definition)), \(campaign.updatedAt))
            """)
        let images = campaign.images.sorted { $0.key < $1.key }
        try await transaction.execute(
            """
            INSERT INTO issuer.campaign_images (campaign_id, version, file, sha256)
            SELECT \(campaign.id), \(campaign.version), file, sha256
            FROM unnest(\(images.map(\.key))::text[], \(images.map(\.value.sha256.digest))::bytea[]) AS image (file, sha256)
            """)
    }

    /// Deletes the versions that are neither current nor needed by a pass, after the change that replaced them.
    ///
    /// It reads the passes of the campaign until it finds one of the version, so after a rollout all of them.
    /// A pass that is made of an old version right now makes the deletion fail as a whole; the next change does it.
    func pruneVersions(of campaign: CampaignID) async throws {
        try await database.execute(
            """
            DELETE FROM issuer.campaign_versions v USING issuer.campaigns c
            WHERE c.id = \(campaign) AND v.campaign_id = c.id AND v.version < c.current_version
                AND NOT EXISTS (SELECT 1 FROM issuer.passes p
                    WHERE p.campaign_id = v.campaign_id AND p.campaign_version = v.version OFFSET 0)
            """)
    }

    /// Deletes a campaign that has no passes.
    func delete(_ id: CampaignID, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute("DELETE FROM issuer.campaigns WHERE id = \(id)")
    }

    /// What a campaign must know of a wallet configuration; nil when there is none.
    func issuer(
        _ id: WalletConfigurationID, in transaction: Transaction
    ) async throws(PostgresError) -> CampaignIssuer? {
        let row = try await transaction.query(
            """
            SELECT pass_type_identifier, google_issuer_id IS NOT NULL, organization_name IS NOT NULL
            FROM issuer.wallet_configurations WHERE id = \(id) FOR SHARE
            """
        ).first
        guard let (passType, google, named) = try row?.decode(PassTypeIdentifier?.self, Bool.self, Bool.self) else {
            return nil
        }
        return CampaignIssuer(passTypeIdentifier: passType, hasGoogle: google, hasOrganizationName: named)
    }
}
