import HTTPTypes
import Postgres
import ServiceKit

/// Forgets what is older than it need be.
struct HousekeepingStore: Sendable {
    let database: PostgresPool

    /// Makes room for the results of the days to come, and drops those of days before one.
    func rollResults(today: Instant, keepingFrom oldest: Instant) async throws(PostgresError) {
        _ = try await database.query(
            """
            SELECT push.roll_results(
                (\(today) AT TIME ZONE 'UTC')::date, (\(oldest) AT TIME ZONE 'UTC')::date)::text
            """)
    }

    /// Forgets some of the deliveries received before an instant; how many they were.
    func forgetDeliveries(before instant: Instant, atMost count: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM push.deliveries WHERE push_id IN (
                SELECT d.push_id FROM push.deliveries d WHERE d.received_at < \(instant)
                ORDER BY d.received_at LIMIT \(count) FOR UPDATE SKIP LOCKED)
            """)
    }

    /// Forgets answers that no breaker counts any more.
    func forgetAnswers(before instant: Instant) async throws(PostgresError) {
        try await database.execute("DELETE FROM push.answers WHERE second < \(instant.wholeSeconds)")
    }

    /// Gives up some of the pushes that have waited since before an instant for credentials that never came; how many.
    func giveUpOrphans(queuedBefore instant: Instant, atMost count: Int) async throws(PostgresError) -> Int {
        let rows = try await database.query("SELECT push.give_up_orphans(\(instant), \(Int32(count)))")
        return try rows.only().decode(Int.self)
    }
}
