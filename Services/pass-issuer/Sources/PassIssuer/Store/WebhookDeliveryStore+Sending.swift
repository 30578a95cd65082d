import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Taking events that are due, and noting what became of them.
extension WebhookDeliveryStore {
    /// Takes due events for a while; a crash gives them back.
    ///
    /// Of a pass the oldest event alone is taken, so that events of one pass arrive in their order. Webhooks are looked at
    /// in the order of chance, each for as many events as it may have under way: none waits for another's receiver.
    func lease(upTo limit: Int) async throws(PostgresError) -> [LeasedDelivery] {
        try await database.query(
            """
            WITH RECURSIVE open AS (
                (SELECT d.webhook_id FROM issuer.webhook_deliveries d WHERE d.state = 'pending'
                    ORDER BY d.webhook_id LIMIT 1)
                UNION ALL
                SELECT (SELECT d.webhook_id FROM issuer.webhook_deliveries d
                    WHERE d.state = 'pending' AND d.webhook_id > o.webhook_id ORDER BY d.webhook_id LIMIT 1)
                FROM open o WHERE o.webhook_id IS NOT NULL
            ), ready AS (
                SELECT w.id, w.failures FROM open o JOIN issuer.webhooks w ON w.id = o.webhook_id
                WHERE w.next_attempt_at <= now() ORDER BY random() LIMIT \(limit)
            ), due AS (
                SELECT t.webhook_id, t.event_id FROM ready r CROSS JOIN LATERAL (
                    SELECT d.webhook_id, d.event_id FROM issuer.webhook_deliveries d
                    WHERE d.webhook_id = r.id AND d.state = 'pending' AND d.next_attempt_at <= now()
                        AND (d.leased_until IS NULL OR d.leased_until <= now())
                        AND NOT EXISTS (SELECT FROM issuer.webhook_deliveries e
                            WHERE e.webhook_id = r.id AND e.serial_number = d.serial_number AND e.state = 'pending'
                                AND e.position < d.position)
                    ORDER BY d.next_attempt_at, d.position
                    LIMIT greatest(0, CASE WHEN r.failures > 0 THEN 1 ELSE \(WebhookPace.width) END
                        - (SELECT count(*) FROM issuer.webhook_deliveries l
                            WHERE l.webhook_id = r.id AND l.leased_until > now()))
                    FOR UPDATE OF d SKIP LOCKED
                ) t LIMIT \(limit)
            )
            UPDATE issuer.webhook_deliveries d
            SET leased_until = now() + \(WebhookPace.leaseSeconds) * interval '1 second', attempts = d.attempts + 1,
                last_attempt_at = now()
            FROM due, issuer.webhooks w
            WHERE d.webhook_id = due.webhook_id AND d.event_id = due.event_id AND w.id = d.webhook_id
            RETURNING w.id, w.url, w.sealed_secret, w.sealed_previous_secret, w.previous_secret_expires_at, w.failures,
                d.event_id, d.kind, nullif(d.serial_number, ''), d.at, d.data, d.attempts, d.last_attempt_at
            """
        ).map(LeasedDelivery.init(row:))
    }

    /// Notes that the receiver took an event; what a person entered stays in no log after that.
    func delivered(_ delivery: LeasedDelivery, status: Int) async throws(PostgresError) {
        try await database.execute(
            """
            WITH done AS (
                UPDATE issuer.webhook_deliveries
                SET state = 'delivered', finished_at = now(), leased_until = NULL, last_status = \(status),
                    last_error = NULL,
                    data = CASE kind WHEN 'personalized' THEN (data::jsonb - 'personalization')::json ELSE data END
                WHERE webhook_id = \(delivery.webhook) AND event_id = \(delivery.event.id)
                    AND attempts = \(delivery.attempts) AND state = 'pending'
            )
            UPDATE issuer.webhooks SET failures = 0, last_error = NULL, last_delivered_at = now()
            WHERE id = \(delivery.webhook) AND (failures > 0 OR last_error IS NOT NULL OR last_delivered_at IS NULL
                OR last_delivered_at < now() - interval '10 seconds')
            """)
    }

    /// Notes that the receiver took nothing: it is left alone for a while, and the event stays among the first.
    /// - Parameter retryWindowSeconds: how long an event is sent again after it was queued.
    func receiverFailed(
        _ delivery: LeasedDelivery, status: Int?, reason: String, pauseMilliseconds: Int, retryWindowSeconds: Int
    ) async throws(PostgresError) {
        try await database.execute(
            """
            WITH kept AS (
                UPDATE issuer.webhook_deliveries
                SET leased_until = NULL, next_attempt_at = now(), last_status = \(status), last_error = \(reason),
                    state = CASE WHEN kind = 'test'
                        OR queued_at + \(retryWindowSeconds) * interval '1 second' <= now() THEN 'failed' ELSE 'pending' END,
                    finished_at = CASE WHEN kind = 'test'
                        OR queued_at + \(retryWindowSeconds) * interval '1 second' <= now() THEN now() END
                WHERE webhook_id = \(delivery.webhook) AND event_id = \(delivery.event.id)
                    AND attempts = \(delivery.attempts) AND state = 'pending'
                RETURNING kind
            )
            UPDATE issuer.webhooks
            SET failures = failures + 1, last_error = \(reason),
                next_attempt_at = now() + \(pauseMilliseconds) * interval '1 millisecond'
            WHERE id = \(delivery.webhook) AND next_attempt_at <= \(delivery.leasedAt)
                AND EXISTS (SELECT FROM kept WHERE kind <> 'test')
            """)
    }

    /// Notes that the receiver refuses this event: it is sent again later, and events of other passes meanwhile.
    func refused(
        _ delivery: LeasedDelivery, status: Int, reason: String, delayMilliseconds: Int, retryWindowSeconds: Int
    ) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE issuer.webhook_deliveries
            SET leased_until = NULL, next_attempt_at = now() + \(delayMilliseconds) * interval '1 millisecond',
                last_status = \(status), last_error = \(reason),
                state = CASE WHEN kind = 'test'
                    OR queued_at + \(retryWindowSeconds) * interval '1 second' <= now() THEN 'failed' ELSE 'pending' END,
                finished_at = CASE WHEN kind = 'test'
                    OR queued_at + \(retryWindowSeconds) * interval '1 second' <= now() THEN now() END
            WHERE webhook_id = \(delivery.webhook) AND event_id = \(delivery.event.id)
                AND attempts = \(delivery.attempts) AND state = 'pending'
            """)
    }

    /// Gives up some events that wait for longer than they are sent again; how many they were.
    func giveUp(afterSeconds: Int, limit: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            UPDATE issuer.webhook_deliveries SET state = 'failed', finished_at = now(), leased_until = NULL,
                last_error = coalesce(last_error, 'The receiver took nothing for too long.')
            WHERE (webhook_id, event_id) IN (
                SELECT webhook_id, event_id FROM issuer.webhook_deliveries
                WHERE state = 'pending' AND queued_at < now() - \(afterSeconds) * interval '1 second'
                    AND (leased_until IS NULL OR leased_until <= now())
                LIMIT \(limit) FOR UPDATE SKIP LOCKED)
            """)
    }

    /// Deletes some events that are long past; how many they were.
    func delete(finishedBefore instant: Instant, limit: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM issuer.webhook_deliveries WHERE ctid = ANY (ARRAY(
                SELECT d.ctid FROM issuer.webhook_deliveries d WHERE d.finished_at < \(instant) LIMIT \(limit)))
            """)
    }

    /// Deletes some events whose webhook is gone; how many they were. Each webhook is looked at once, not each event.
    func deleteOrphans(limit: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            WITH RECURSIVE known AS (
                (SELECT d.webhook_id FROM issuer.webhook_deliveries d ORDER BY d.webhook_id LIMIT 1)
                UNION ALL
                SELECT (SELECT d.webhook_id FROM issuer.webhook_deliveries d
                    WHERE d.webhook_id > k.webhook_id ORDER BY d.webhook_id LIMIT 1)
                FROM known k WHERE k.webhook_id IS NOT NULL
            )
            DELETE FROM issuer.webhook_deliveries WHERE ctid = ANY (ARRAY(
                SELECT t.place
                FROM known k CROSS JOIN LATERAL (
                    SELECT d.ctid AS place FROM issuer.webhook_deliveries d
                    WHERE d.webhook_id = k.webhook_id LIMIT \(limit)) t
                WHERE NOT EXISTS (SELECT FROM issuer.webhooks w WHERE w.id = k.webhook_id) LIMIT \(limit)))
            """)
    }
}

extension LeasedDelivery {
    fileprivate init(row: Row) throws(PostgresError) {
        let (
            webhook, url, secret, previous, previousExpiresAt, failures, id, kind, serialNumber, at, data,
            attempts, leasedAt
        ) = try row.decode(
            String.self, String.self, [UInt8].self, [UInt8]?.self, Instant?.self, Int.self, PassEventID.self,
            WebhookEventKind.self, SerialNumber?.self, Instant.self, StoredJSON.self, Int.self,
            Instant.self)
        self.init(
            webhook: webhook, url: url,
            secrets: StoredWebhook.SealedSecrets(
                current: secret, previous: previous, previousExpiresAt: previousExpiresAt),
            failures: failures,
            event: WebhookEvent(
                id: id, kind: kind, serialNumber: serialNumber, at: at, data: data.object),
            attempts: attempts, leasedAt: leasedAt)
    }
}
