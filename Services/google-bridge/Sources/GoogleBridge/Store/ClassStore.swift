import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Campaigns as pass-issuer told them last, in `google.classes`.
struct ClassStore: Sendable {
    let database: PostgresPool

    private static let columns: StaticString = """
        campaign_id, wallet_configuration_id, issuer_id, kind, class_id, has_variants, generation, version, name,
            token_pointers, override, warnings
        """

    /// A campaign by its id.
    func campaign(_ id: CampaignID) async throws(PostgresError) -> CampaignClass? {
        try await database.query(
            "SELECT \(unescaped: Self.columns) FROM google.classes WHERE campaign_id = \(id)"
        ).first.map(CampaignClass.init(row:))
    }

    /// The campaigns behind an id, in order.
    func campaigns(after id: String, limit: Int) async throws(PostgresError) -> [CampaignClass] {
        try await database.query(
            """
            SELECT \(unescaped: Self.columns) FROM google.classes WHERE campaign_id > \(id)
            ORDER BY campaign_id LIMIT \(limit)
            """
        ).map(CampaignClass.init(row:))
    }

    /// A campaign by its id, which nobody else changes until the transaction ends; also one that is not there yet.
    static func lock(_ id: CampaignID, in transaction: Transaction) async throws(PostgresError) -> CampaignClass? {
        _ = try await transaction.query(
            "SELECT pg_advisory_xact_lock(hashtextextended('google.classes ' || \(id)::text, 0))")
        return try await transaction.query(
            "SELECT \(unescaped: Self.columns) FROM google.classes WHERE campaign_id = \(id) FOR UPDATE"
        ).first.map(CampaignClass.init(row:))
    }

    /// A campaign's content as it came.
    static func request(
        of id: CampaignID, in transaction: Transaction
    ) async throws(PostgresError) -> JSONObject? {
        try await transaction.query("SELECT request FROM google.classes WHERE campaign_id = \(id)")
            .first?.decode(StoredJSON.self).object
    }

    /// Stores a campaign in place of what stood under its id.
    static func save(
        _ campaign: CampaignClass, request: JSONValue, in transaction: Transaction
    ) async throws(PostgresError) {
        try await transaction.execute(
            """
            INSERT INTO google.classes (campaign_id, wallet_configuration_id, issuer_id, kind, class_id, has_variants,
                generation, version, name, token_pointers, request, override, warnings)
            VALUES (\(campaign.campaign), \(campaign.walletConfiguration), \(campaign.issuerID), \(campaign.kind),
                \(campaign.classID), \(campaign.hasVariants), \(campaign.generation), \(campaign.version),
                \(campaign.name), \(campaign.tokenPointers), \(StoredJSON(request)),
                \(campaign.override.map { StoredJSON($0) }), \(campaign.warnings))
            ON CONFLICT (campaign_id) DO UPDATE SET wallet_configuration_id = excluded.wallet_configuration_id,
                issuer_id = excluded.issuer_id, kind = excluded.kind, class_id = excluded.class_id,
                has_variants = excluded.has_variants, generation = excluded.generation, version = excluded.version,
                name = excluded.name, token_pointers = excluded.token_pointers, request = excluded.request,
                override = excluded.override, warnings = excluded.warnings, updated_at = now()
            """)
    }

    /// Stores the administrator's merge patch, or that there is none.
    static func set(
        override patch: JSONObject?, of id: CampaignID, in transaction: Transaction
    ) async throws(PostgresError) {
        try await transaction.execute(
            """
            UPDATE google.classes SET override = \(patch.map { StoredJSON($0) }), updated_at = now()
            WHERE campaign_id = \(id)
            """)
    }

    /// How far each of these campaigns' classes are; one without classes is missing.
    func standings(of campaigns: [CampaignClass]) async throws(PostgresError) -> [CampaignID: ClassStanding] {
        let rows = try await database.query(
            """
            SELECT r.campaign_id, count(*) FILTER (WHERE r.state = 'pending'), count(*) FILTER (WHERE r.state = 'failed'),
                count(*) FILTER (WHERE r.state = 'ready'), min(r.error) FILTER (WHERE r.state = 'failed')
            FROM google.resources r JOIN google.classes c ON c.campaign_id = r.campaign_id
            WHERE r.campaign_id = ANY (\(campaigns.map(\.campaign))) AND r.level = 'class'
                AND CASE WHEN c.has_variants THEN r.variant IS NOT NULL ELSE r.resource_id = c.class_id END
            GROUP BY r.campaign_id
            """)
        var standings: [CampaignID: ClassStanding] = [:]
        for row in rows {
            let (campaign, pending, failed, ready, error) = try row.decode(
                CampaignID.self, Int.self, Int.self, Int.self, String?.self)
            standings[campaign] = ClassStanding(pending: pending, failed: failed, ready: ready, error: error)
        }
        return standings
    }
}

extension CampaignClass {
    /// Reads the twelve columns of a campaign in their order.
    init(row: Row) throws(PostgresError) {
        let (
            campaign, configuration, issuer, kind, classID, hasVariants, generation, version, name, pointers, override,
            warnings
        ) = try row.decode(
            CampaignID.self, WalletConfigurationID.self, GoogleIssuerID.self, GoogleKind.self, String.self, Bool.self,
            Int.self, Int.self, String.self, [String].self, StoredJSON?.self, [String].self)
        self.init(
            campaign: campaign, walletConfiguration: configuration, issuerID: issuer, kind: kind, classID: classID,
            hasVariants: hasVariants, generation: generation, version: version, name: name, tokenPointers: pointers,
            override: override?.object, warnings: warnings)
    }
}
