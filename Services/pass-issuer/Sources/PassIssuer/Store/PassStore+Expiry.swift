import HTTPTypes
import Postgres
import ServiceKit

/// Passes whose time has come.
extension PassStore {
    /// Queues for webhooks that passes have expired by an instant, void ones apart, and forgets the instant: in one
    /// statement, so each is told once whatever crashes.
    /// - Returns: how many passes there were.
    func expire(by now: Instant, limit: Int) async throws(PostgresError) -> Int {
        try await database.query(
            """
            WITH due AS (
                SELECT serial_number, expires_at, gen_random_uuid()::text AS event_id FROM issuer.passes
                WHERE expires_at <= \(now) ORDER BY expires_at LIMIT \(limit) FOR NO KEY UPDATE SKIP LOCKED
            ), expired AS (
                UPDATE issuer.passes p SET expires_at = NULL FROM due d WHERE p.serial_number = d.serial_number
                RETURNING p.*, d.expires_at AS expired_at, d.event_id
            ), told AS (
                INSERT INTO issuer.webhook_deliveries (webhook_id, event_id, kind, serial_number, at, data)
                SELECT w.id, e.event_id, 'expired', e.serial_number, e.expired_at,
                    issuer.webhook_data(e.campaign_id, e.serial_number, e.pass_key, e.platforms, e.voided, e.version)
                FROM expired e JOIN issuer.webhooks w ON w.campaign_id = e.campaign_id
                WHERE NOT e.voided AND (w.events IS NULL OR 'expired' = ANY (w.events))
            )
            SELECT count(*) FROM expired
            """
        ).first?.decode(Int.self) ?? 0
    }
}
