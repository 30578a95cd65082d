import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Campaigns in `issuer.campaigns`, their versions and images.
struct CampaignStore: Sendable {
    let database: PostgresPool

    /// Every link and every fetch asks for one first.
    private let standings: StatementBatches<CampaignID, CampaignStanding?>

    init(database: PostgresPool) {
        self.database = database
        standings = StatementBatches { (ids) throws(PostgresError) in
            try await Self.standings(of: ids, in: database)
        }
    }

    /// What a link of this campaign needs to know before anything else.
    func standing(of id: CampaignID) async throws(PostgresError) -> CampaignStanding? {
        try await standings(id)
    }

    /// Begins to ask for it, for whoever has something else to ask meanwhile.
    func beginStanding(of id: CampaignID) -> PendingOutcome<CampaignStanding?> {
        standings.begin(id)
    }

    private static func standings(
        of ids: [CampaignID], in database: PostgresPool
    ) async throws(PostgresError) -> [CampaignStanding?] {
        // Looked up one by one: a plan for a list could read the whole table, made while that was small.
        let rows = try await database.query(
            """
            SELECT s.* FROM unnest(\(anyLength: Array(Set(ids)))) AS asked (id) CROSS JOIN LATERAL (
                SELECT c.id, c.created_at, c.current_version, c.activated_at, c.ends_at, c.ended_at, w.id, w.revision,
                    w.pass_type_identifier, w.google_issuer_id IS NOT NULL, w.organization_name IS NOT NULL
                FROM issuer.campaigns c JOIN issuer.wallet_configurations w ON w.id = c.wallet_configuration_id
                WHERE c.id = asked.id LIMIT 1
            ) s
            """)
        var standings: [CampaignID: CampaignStanding] = [:]
        for row in rows {
            let standing = try CampaignStanding(row: row)
            standings[standing.campaign] = standing
        }
        return ids.map { standings[$0] }
    }

    /// The campaigns behind an id, in order.
    func campaigns(after id: String, limit: Int) async throws(PostgresError) -> [Campaign] {
        let rows = try await database.query(
            """
            SELECT c.id, c.name, c.wallet_configuration_id, c.current_version, c.activated_at, c.ends_at, c.ended_at,
                c.created_at, c.updated_at, v.content,
                COALESCE((SELECT json_agg(json_build_array(i.file, encode(i.sha256, 'hex'), p.width, p.height,
                        octet_length(p.bytes)))
                    FROM issuer.campaign_images i JOIN issuer.images p USING (sha256)
                    WHERE i.campaign_id = c.id AND i.version = c.current_version), '[]')
            FROM issuer.campaigns c
            JOIN issuer.campaign_versions v ON v.campaign_id = c.id AND v.version = c.current_version
            WHERE c.id > \(id) ORDER BY c.id LIMIT \(limit)
            """)
        var campaigns: [Campaign] = []
        for row in rows { campaigns.append(try Campaign(row: row)) }
        return campaigns
    }

    /// One version's definition and images, for making passes; nil when the version is gone.
    func version(_ version: Int, of id: CampaignID) async throws(PostgresError) -> CampaignVersion? {
        let row = try await database.query(
            """
            SELECT v.content, shown.images, shown.files, shown.pictures
            FROM issuer.campaign_versions v CROSS JOIN LATERAL (
                SELECT COALESCE(json_agg(json_build_array(i.file, encode(i.sha256, 'hex'), p.width, p.height,
                        octet_length(p.bytes))), '[]') AS images,
                    COALESCE(array_agg(i.file), '{}') AS files, COALESCE(array_agg(p.bytes), '{}') AS pictures
                FROM issuer.campaign_images i JOIN issuer.images p USING (sha256)
                WHERE i.campaign_id = v.campaign_id AND i.version = v.version
            ) shown
            WHERE v.campaign_id = \(id) AND v.version = \(version)
            """
        ).first
        guard let row else { return nil }
        let (definition, images, files, pictures) = try row.decode(
            StoredDefinition.self, JSONValue.self, [ImageFile].self, [[UInt8]].self)
        return CampaignVersion(
            number: version, definition: definition.value, images: Campaign.images(images),
            pictures: Dictionary(uniqueKeysWithValues: zip(files, pictures)))
    }
}
