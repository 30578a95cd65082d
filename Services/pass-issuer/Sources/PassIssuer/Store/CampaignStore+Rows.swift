import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

extension CampaignStore {
    /// The current version of a campaign, seen by a transaction.
    func campaign(_ id: CampaignID, in transaction: Transaction) async throws(PostgresError) -> Campaign? {
        try await transaction.query(Self.current(id)).first.map(Campaign.init(row:))
    }

    /// The current version of a campaign.
    func campaign(_ id: CampaignID) async throws(PostgresError) -> Campaign? {
        try await database.query(Self.current(id)).first.map(Campaign.init(row:))
    }

    private static func current(_ id: CampaignID) -> SQL {
        """
        SELECT c.id, c.name, c.wallet_configuration_id, c.current_version, c.activated_at, c.ends_at, c.ended_at,
            c.created_at, c.updated_at, v.content,
            COALESCE((SELECT json_agg(json_build_array(i.file, encode(i.sha256, 'hex'), p.width, p.height,
                    octet_length(p.bytes)))
                FROM issuer.campaign_images i JOIN issuer.images p USING (sha256)
                WHERE i.campaign_id = c.id AND i.version = c.current_version), '[]')
        FROM issuer.campaigns c
        JOIN issuer.campaign_versions v ON v.campaign_id = c.id AND v.version = c.current_version
        WHERE c.id = \(id)
        """
    }
}

extension Campaign {
    /// Reads the eleven columns that both queries of campaigns select.
    init(row: Row) throws(PostgresError) {
        let (
            id, name, wallet, version, activatedAt, endsAt, endedAt, createdAt, updatedAt, definition, images
        ) = try row.decode(
            CampaignID.self, String.self, WalletConfigurationID.self, Int.self, Instant?.self, Instant?.self,
            Instant?.self, Instant.self, Instant.self, StoredDefinition.self, JSONValue.self)
        self.init(
            id: id, name: name, walletConfiguration: wallet, version: version, definition: definition.value,
            images: Self.images(images), activatedAt: activatedAt, endsAt: endsAt, endedAt: endedAt,
            createdAt: createdAt, updatedAt: updatedAt)
    }

    /// `[[file, sha256, width, height, bytes], …]` as the query builds it.
    static func images(_ json: JSONValue) -> [ImageFile: CampaignImage] {
        var images: [ImageFile: CampaignImage] = [:]
        for entry in json.arrayValue ?? [] {
            guard let parts = entry.arrayValue, parts.count == 5,
                let file = parts[0].stringValue.flatMap(ImageFile.init),
                let sha256 = parts[1].stringValue.flatMap(ContentHash.init), let width = parts[2].intValue,
                let height = parts[3].intValue, let byteCount = parts[4].intValue
            else { continue }
            images[file] = CampaignImage(sha256: sha256, width: width, height: height, byteCount: byteCount)
        }
        return images
    }
}

extension CampaignStanding {
    /// Reads the eleven columns of a standing.
    init(row: Row) throws(PostgresError) {
        let (id, createdAt, version, activatedAt, endsAt, endedAt, wallet, revision, passType, google, named) =
            try row.decode(
                CampaignID.self, Instant.self, Int.self, Instant?.self, Instant?.self, Instant?.self,
                WalletConfigurationID.self, Int.self, PassTypeIdentifier?.self, Bool.self, Bool.self)
        self.init(
            campaign: id, createdAt: createdAt, version: version, activatedAt: activatedAt, endsAt: endsAt,
            endedAt: endedAt, walletConfiguration: wallet, walletRevision: revision,
            issuer: CampaignIssuer(passTypeIdentifier: passType, hasGoogle: google, hasOrganizationName: named))
    }
}
