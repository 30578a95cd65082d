import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// What happened to objects at Google, and how often on each day.
struct EventStore: Sendable {
    let database: PostgresPool

    /// Adds what the query `new` of the same statement says (`is_saved`) to the numbers of today.
    static let dayOfNew: StaticString = """
        INSERT INTO google.activity_days AS d (date, saved, deleted)
        SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date, count(*) FILTER (WHERE is_saved),
            count(*) FILTER (WHERE NOT is_saved)
        FROM new HAVING count(*) > 0
        ON CONFLICT (date) DO UPDATE
        SET saved = d.saved + excluded.saved, deleted = d.deleted + excluded.deleted
        """

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
