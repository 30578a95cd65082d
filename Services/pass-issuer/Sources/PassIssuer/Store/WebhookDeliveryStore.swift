import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

/// Events on their way to webhooks, and the log of those that arrived, in `issuer.webhook_deliveries`.
struct WebhookDeliveryStore: Sendable {
    let database: PostgresPool

    /// Queues a test.
    func insertTest(_ event: WebhookEvent, for webhook: StoredWebhook) async throws(PostgresError) {
        try await database.execute(
            """
            INSERT INTO issuer.webhook_deliveries (webhook_id, event_id, kind, serial_number, at, data)
            VALUES (\(webhook.id), \(event.id), \(event.kind), '', \(event.at), \(StoredJSON(event.data)))
            """)
    }

    /// A delivery; nil when there is none.
    func delivery(_ id: PassEventID, of webhook: StoredWebhook) async throws(PostgresError) -> StoredDelivery? {
        try await database.query(
            """
            SELECT \(unescaped: StoredDelivery.columns) FROM issuer.webhook_deliveries
            WHERE webhook_id = \(webhook.id) AND event_id = \(id)
            """
        ).first.map(StoredDelivery.init(row:))
    }

    /// The deliveries before a position, the newest first.
    func deliveries(
        of webhook: StoredWebhook, state: WebhookDeliveryState?, serialNumber: SerialNumber?, before position: Int,
        limit: Int
    ) async throws(PostgresError) -> [StoredDelivery] {
        try await database.query(
            """
            SELECT \(unescaped: StoredDelivery.columns) FROM issuer.webhook_deliveries
            WHERE webhook_id = \(webhook.id) AND position < \(position)
                AND (\(state)::text IS NULL OR state = \(state)) 
                AND (\(serialNumber)::text IS NULL OR serial_number = \(serialNumber))
            ORDER BY position DESC LIMIT \(limit)
            """
        ).map(StoredDelivery.init(row:))
    }

    /// How many deliveries wait for each of some webhooks.
    func pending(of webhooks: [StoredWebhook]) async throws(PostgresError) -> [String: Int] {
        let rows = try await database.query(
            """
            SELECT webhook_id, count(*) FROM issuer.webhook_deliveries
            WHERE state = 'pending' AND webhook_id = ANY (\(webhooks.map(\.id))) GROUP BY webhook_id
            """)
        var counts: [String: Int] = [:]
        for row in rows {
            let (webhook, count) = try row.decode(String.self, Int.self)
            counts[webhook] = count
        }
        return counts
    }

    /// Has a delivery sent at once, be it again; false when there is none.
    func replay(_ id: PassEventID, of webhook: StoredWebhook) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            WITH woken AS (
                UPDATE issuer.webhooks SET next_attempt_at = now() WHERE id = \(webhook.id) AND next_attempt_at > now()
            )
            UPDATE issuer.webhook_deliveries
            SET state = 'pending', finished_at = NULL, next_attempt_at = now(),
                queued_at = CASE state WHEN 'pending' THEN queued_at ELSE now() END
            WHERE webhook_id = \(webhook.id) AND event_id = \(id)
            """) == 1
    }

    /// Has the deliveries that were given up sent again, tests apart; how many.
    func replayFailed(
        of webhook: StoredWebhook, from: Instant, to: Instant
    ) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            WITH woken AS (
                UPDATE issuer.webhooks SET next_attempt_at = now() WHERE id = \(webhook.id) AND next_attempt_at > now()
            )
            UPDATE issuer.webhook_deliveries
            SET state = 'pending', finished_at = NULL, next_attempt_at = now(), queued_at = now()
            WHERE webhook_id = \(webhook.id) AND state = 'failed' AND kind <> 'test' AND at BETWEEN \(from) AND \(to)
            """)
    }

    /// What waits for webhooks.
    func backlog() async throws(PostgresError) -> OutboxBacklog {
        let row = try await database.query(
            """
            SELECT count(*), coalesce(extract(epoch FROM now() - min(queued_at)), 0)::float8
            FROM issuer.webhook_deliveries WHERE state = 'pending'
            """
        ).first
        guard let row else { return OutboxBacklog(count: 0, oldestSeconds: 0) }
        let (count, oldest) = try row.decode(Int.self, Double.self)
        return OutboxBacklog(count: count, oldestSeconds: oldest)
    }
}

extension StoredDelivery {
    /// The columns of `issuer.webhook_deliveries` that make a delivery, in the order in which `init(row:)` reads them.
    static let columns: StaticString = """
        event_id, kind, nullif(serial_number, ''), at, data, position, state, attempts, next_attempt_at, \
        last_attempt_at, last_status, last_error, finished_at
        """

    init(row: Row) throws(PostgresError) {
        let (
            id, kind, serialNumber, at, data, position, state, attempts, nextAttemptAt, lastAttemptAt,
            lastStatus, lastError, finishedAt
        ) = try row.decode(
            PassEventID.self, WebhookEventKind.self, SerialNumber?.self, Instant.self, StoredJSON.self,
            Int.self, WebhookDeliveryState.self, Int.self, Instant.self, Instant?.self, Int?.self,
            String?.self, Instant?.self)
        self.init(
            event: WebhookEvent(
                id: id, kind: kind, serialNumber: serialNumber, at: at, data: data.object),
            position: position, state: state, attempts: attempts, nextAttemptAt: nextAttemptAt,
            lastAttemptAt: lastAttemptAt, lastStatus: lastStatus, lastError: lastError, finishedAt: finishedAt)
    }
}
