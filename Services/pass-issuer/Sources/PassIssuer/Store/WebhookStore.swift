import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Where campaigns' events go, in `issuer.webhooks`, and the events that others than triggers tell.
struct WebhookStore: Sendable {
    let database: PostgresPool

    /// Queues what other services saw, in its order; what was told before changes nothing.
    func enqueue(_ notices: [PassEventNotice]) async throws(PostgresError) {
        try await database.execute(
            """
            INSERT INTO issuer.webhook_deliveries (webhook_id, event_id, kind, serial_number, at, data)
            SELECT w.id, n.event_id, n.kind, p.serial_number, n.at,
                issuer.webhook_data(p.campaign_id, p.serial_number, p.pass_key, p.platforms, p.voided, p.version)
            FROM unnest(\(notices.map(\.id))::text[], \(notices.map(\.kind.rawValue))::text[],
                \(notices.map(\.serialNumber))::text[], \(notices.map(\.at))::timestamptz[])
                WITH ORDINALITY AS n (event_id, kind, serial_number, at, number)
            JOIN issuer.passes p ON p.serial_number = n.serial_number
            JOIN issuer.webhooks w ON w.campaign_id = p.campaign_id
            WHERE w.events IS NULL OR n.kind = ANY (w.events)
            ORDER BY n.number
            ON CONFLICT (webhook_id, event_id) DO NOTHING
            """)
    }

    /// A campaign's webhook by its name.
    func webhook(_ name: WebhookName, of campaign: CampaignID) async throws(PostgresError) -> StoredWebhook? {
        try await database.query(
            """
            SELECT \(unescaped: StoredWebhook.columns) FROM issuer.webhooks
            WHERE campaign_id = \(campaign) AND name = \(name)
            """
        ).first.map(StoredWebhook.init(row:))
    }

    /// A campaign's webhook by its name, locked until the transaction ends.
    func webhook(
        _ name: WebhookName, of campaign: CampaignID, lockedIn transaction: Transaction
    ) async throws(PostgresError) -> StoredWebhook? {
        try await transaction.query(
            """
            SELECT \(unescaped: StoredWebhook.columns) FROM issuer.webhooks
            WHERE campaign_id = \(campaign) AND name = \(name) FOR UPDATE
            """
        ).first.map(StoredWebhook.init(row:))
    }

    /// A campaign's webhooks behind a name, in order.
    func webhooks(
        of campaign: CampaignID, after name: String, limit: Int
    ) async throws(PostgresError) -> [StoredWebhook] {
        try await database.query(
            """
            SELECT \(unescaped: StoredWebhook.columns) FROM issuer.webhooks
            WHERE campaign_id = \(campaign) AND name > \(name) ORDER BY name LIMIT \(limit)
            """
        ).map(StoredWebhook.init(row:))
    }

    /// All webhooks behind an id, in order.
    func webhooks(after id: String, limit: Int) async throws(PostgresError) -> [StoredWebhook] {
        try await database.query(
            """
            SELECT \(unescaped: StoredWebhook.columns) FROM issuer.webhooks WHERE id > \(id) ORDER BY id LIMIT \(limit)
            """
        ).map(StoredWebhook.init(row:))
    }

    /// Holds the campaign, so that it is not deleted and two webhooks are not made at once; false when there is none.
    func lock(_ campaign: CampaignID, in transaction: Transaction) async throws(PostgresError) -> Bool {
        try await !transaction.query(
            "SELECT 1 FROM issuer.campaigns WHERE id = \(campaign) FOR NO KEY UPDATE"
        ).isEmpty
    }

    /// How many webhooks a campaign has.
    func count(of campaign: CampaignID, in transaction: Transaction) async throws(PostgresError) -> Int {
        try await transaction.query(
            "SELECT count(*) FROM issuer.webhooks WHERE campaign_id = \(campaign)"
        ).first?.decode(Int.self) ?? 0
    }

    /// Stores a webhook in place of what stood under its id; the receiver is given another chance at once.
    func save(_ webhook: StoredWebhook, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute(
            """
            INSERT INTO issuer.webhooks (id, campaign_id, name, url, events, sealed_secret, sealed_previous_secret,
                previous_secret_expires_at, created_at, updated_at)
            VALUES (\(webhook.id), \(webhook.campaign), \(webhook.name), \(webhook.url), \(webhook.events),
                \(webhook.secrets.current), \(webhook.secrets.previous), \(webhook.secrets.previousExpiresAt),
                \(webhook.createdAt), \(webhook.updatedAt))
            ON CONFLICT (id) DO UPDATE SET url = excluded.url, events = excluded.events,
                sealed_secret = excluded.sealed_secret, sealed_previous_secret = excluded.sealed_previous_secret,
                previous_secret_expires_at = excluded.previous_secret_expires_at, updated_at = excluded.updated_at,
                failures = 0, next_attempt_at = now(), last_error = NULL
            """)
    }

    /// Deletes a webhook; what waits for it is sent no more. False when there was none.
    func delete(_ name: WebhookName, of campaign: CampaignID) async throws(PostgresError) -> Bool {
        try await database.execute(
            "DELETE FROM issuer.webhooks WHERE campaign_id = \(campaign) AND name = \(name)"
        ) == 1
    }

    /// Puts secrets sealed anew in place of those that were read.
    /// - Returns: false when they are gone or are others by now.
    func reseal(
        _ webhook: StoredWebhook, as secrets: StoredWebhook.SealedSecrets
    ) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            UPDATE issuer.webhooks
            SET sealed_secret = \(secrets.current), sealed_previous_secret = \(secrets.previous)
            WHERE id = \(webhook.id) AND sealed_secret = \(webhook.secrets.current)
            """) == 1
    }
}

extension StoredWebhook {
    /// The columns of `issuer.webhooks` that make a webhook, in the order in which `init(row:)` reads them.
    static let columns: StaticString = """
        id, campaign_id, name, url, events, sealed_secret, sealed_previous_secret, previous_secret_expires_at, failures, \
        last_delivered_at, last_error, created_at, updated_at
        """

    init(row: Row) throws(PostgresError) {
        let (
            id, campaign, name, url, events, secret, previous, previousExpiresAt, failures, lastDeliveredAt, lastError,
            createdAt, updatedAt
        ) = try row.decode(
            String.self, CampaignID.self, WebhookName.self, String.self, [WebhookEventKind]?.self, [UInt8].self,
            [UInt8]?.self, Instant?.self, Int.self, Instant?.self, String?.self, Instant.self, Instant.self)
        self.init(
            id: id, campaign: campaign, name: name, url: url, events: events,
            secrets: SealedSecrets(current: secret, previous: previous, previousExpiresAt: previousExpiresAt),
            failures: failures, lastDeliveredAt: lastDeliveredAt, lastError: lastError, createdAt: createdAt,
            updatedAt: updatedAt)
    }
}
