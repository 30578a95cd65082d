import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// What happened to objects at Google, and how often on each day.
struct EventStore: Sendable {
    let database: PostgresPool

    /// The days of a range on which anything happened, oldest first.
    func days(_ range: DayRange) async throws(PostgresError) -> [ActivityDay] {
        var days: [ActivityDay] = []
        let rows = try await database.query(
            """
            SELECT date::text, saved, deleted FROM google.activity_days
            WHERE date BETWEEN \(range.from)::text::date AND \(range.to)::text::date ORDER BY date
            """)
        for row in rows {
            let (date, saved, deleted) = try row.decode(String.self, Int.self, Int.self)
            days.append(ActivityDay(date: date, googleSaved: saved, googleDeleted: deleted))
        }
        return days
    }

    /// Forgets some of the notices to pass-issuer before an instant; how many they were.
    func forgetNotices(olderThan instant: Instant, atMost count: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM google.event_notices WHERE position IN (
                SELECT position FROM google.event_notices WHERE at < \(instant)
                ORDER BY position LIMIT \(count) FOR UPDATE SKIP LOCKED)
            """)
    }

    /// Forgets some of the events before an instant; how many they were.
    func forget(olderThan instant: Instant, atMost count: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM google.events WHERE position IN (
                SELECT position FROM google.events WHERE at < \(instant)
                ORDER BY at LIMIT \(count) FOR UPDATE SKIP LOCKED)
            """)
    }
}
