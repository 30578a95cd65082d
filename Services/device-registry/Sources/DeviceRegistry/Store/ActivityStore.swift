import Contracts
import Postgres

/// How many registrations began and ended on each day.
struct ActivityStore: Sendable {
    let database: PostgresPool

    /// Adds some of the single changes up to their days; how many they were.
    func add(atMost count: Int) async throws(PostgresError) -> Int {
        let rows = try await database.query(
            """
            WITH taken AS (
                DELETE FROM registry.activity a
                WHERE a.ctid = ANY (ARRAY(
                    SELECT w.ctid FROM registry.activity w LIMIT \(count) FOR UPDATE SKIP LOCKED))
                RETURNING a.day, a.installed, a.removed
            ), added AS (
                INSERT INTO registry.activity_days AS d (day, installed, removed)
                SELECT t.day, sum(t.installed), sum(t.removed) FROM taken t GROUP BY t.day ORDER BY t.day
                ON CONFLICT (day) DO UPDATE
                SET installed = d.installed + excluded.installed, removed = d.removed + excluded.removed
            )
            SELECT count(*) FROM taken
            """)
        return try rows.only().decode(Int.self)
    }

    /// The days on which something happened, oldest first; what is not added up yet is counted too.
    func days(_ range: DayRange) async throws(PostgresError) -> [ActivityDay] {
        let rows = try await database.query(
            """
            SELECT to_char(a.day, 'YYYY-MM-DD'), sum(a.installed)::bigint, sum(a.removed)::bigint
            FROM (
                SELECT day, installed, removed FROM registry.activity_days
                UNION ALL
                SELECT day, installed, removed FROM registry.activity
            ) a
            WHERE a.day BETWEEN \(range.from)::date AND \(range.to)::date
            GROUP BY a.day ORDER BY a.day
            """)
        var days: [ActivityDay] = []
        for row in rows {
            let (date, installed, removed) = try row.decode(String.self, Int.self, Int.self)
            days.append(ActivityDay(date: date, installed: installed, removed: removed))
        }
        return days
    }
}
