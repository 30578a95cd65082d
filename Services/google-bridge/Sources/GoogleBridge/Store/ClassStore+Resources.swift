import Contracts
import GoogleWalletSchema
import JSON
import Postgres

/// The classes of a campaign: one, or its variants.
extension ClassStore {
    /// A class as it is stored.
    struct StoredClass: Sendable {
        let id: String
        let campaignVersion: Int
        let variant: JSONObject?
        let wanted: JSONObject
        let sent: JSONObject?
        let pushed: JSONObject?
        let isAtGoogle: Bool
        let isFailed: Bool
    }

    private static let resourceColumns: StaticString = """
        resource_id, campaign_version, variant, wanted, sent, pushed, is_at_google, state = 'failed'
        """

    /// All classes of a campaign that are in use, by id.
    func classes(of campaign: CampaignClass) async throws(PostgresError) -> [StoredClass] {
        try await database.query(
            """
            SELECT \(unescaped: Self.resourceColumns) FROM google.resources
            WHERE campaign_id = \(campaign.campaign) AND level = 'class'
                AND CASE WHEN \(campaign.hasVariants) THEN variant IS NOT NULL ELSE resource_id = \(campaign.classID) END
            ORDER BY resource_id
            """
        ).map(StoredClass.init(row:))
    }

    /// All classes of a campaign that are in use, by id, locked until the transaction ends.
    static func classes(
        of campaign: CampaignClass, lockedIn transaction: Transaction
    ) async throws(PostgresError) -> [StoredClass] {
        try await transaction.query(
            """
            SELECT \(unescaped: resourceColumns) FROM google.resources
            WHERE campaign_id = \(campaign.campaign) AND level = 'class'
                AND CASE WHEN \(campaign.hasVariants) THEN variant IS NOT NULL ELSE resource_id = \(campaign.classID) END
            ORDER BY resource_id FOR UPDATE
            """
        ).map(StoredClass.init(row:))
    }

    /// Forgets the classes of other kinds that a campaign had before it had passes: nobody needs them any more.
    static func forgetOtherKinds(
        than campaign: CampaignClass, in transaction: Transaction
    ) async throws(PostgresError) {
        try await transaction.execute(
            """
            DELETE FROM google.resources r
            WHERE r.campaign_id = \(campaign.campaign) AND r.level = 'class' AND r.kind <> \(campaign.kind)
                AND NOT EXISTS (SELECT 1 FROM google.resources o WHERE o.class_id = r.resource_id)
            """)
    }

    /// Notes that a class stays as it is under a newer version of its campaign.
    static func adopt(_ wanted: WantedResource, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute(
            """
            UPDATE google.resources
            SET campaign_version = \(wanted.campaignVersion), variant = \(wanted.variant.map(StoredJSON.init))
            WHERE level = \(wanted.id.level) AND resource_id = \(wanted.id.id)
            """)
    }

    /// The version of the campaign that each of these classes is made of; one that is not there is missing.
    func versions(of classIDs: [String]) async throws(PostgresError) -> [String: Int] {
        var versions: [String: Int] = [:]
        let rows = try await database.query(
            """
            SELECT resource_id, campaign_version FROM google.resources
            WHERE level = 'class' AND resource_id = ANY (\(classIDs))
            """)
        for row in rows {
            let (id, version) = try row.decode(String.self, Int.self)
            versions[id] = version
        }
        return versions
    }
}

extension ClassStore.StoredClass {
    fileprivate init(row: Row) throws(PostgresError) {
        let (id, version, variant, wanted, sent, pushed, isAtGoogle, isFailed) = try row.decode(
            String.self, Int.self, StoredJSON?.self, StoredJSON.self, StoredJSON?.self, StoredJSON?.self, Bool.self,
            Bool.self)
        self.init(
            id: id, campaignVersion: version, variant: variant?.object, wanted: wanted.object, sent: sent?.object,
            pushed: pushed?.object, isAtGoogle: isAtGoogle, isFailed: isFailed)
    }
}
