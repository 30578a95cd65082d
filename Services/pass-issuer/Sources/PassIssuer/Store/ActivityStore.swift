import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// What happened in campaigns from day to day, in `issuer.activity`.
struct ActivityStore: Sendable {
    let database: PostgresPool

    /// How many passes a campaign has.
    func passCount(of campaign: CampaignID) async throws(PostgresError) -> Int {
        try await database.query(Self.count(campaign)).first?.decode(Int.self) ?? 0
    }

    /// How many passes a campaign has; exact while the transaction holds the campaign's row, since none is made then.
    func passCount(of campaign: CampaignID, in transaction: Transaction) async throws(PostgresError) -> Int {
        try await transaction.query(Self.count(campaign)).first?.decode(Int.self) ?? 0
    }

    /// Counts changes of passes on the day of an instant.
    func addUpdates(
        _ counts: [CampaignID: Int], at now: Instant, in transaction: Transaction
    ) async throws(PostgresError) {
        let counts = counts.sorted { $0.key < $1.key }
        if counts.isEmpty { return }
        try await transaction.execute(
            """
            INSERT INTO issuer.activity AS a (campaign_id, day, shard, updates)
            SELECT c.campaign_id, (\(now)::timestamptz AT TIME ZONE 'UTC')::date, pg_backend_pid() % 16, c.updates
            FROM unnest(\(counts.map(\.key))::text[], \(counts.map(\.value))::bigint[]) AS c (campaign_id, updates)
            ON CONFLICT (campaign_id, day, shard) DO UPDATE SET updates = a.updates + excluded.updates
            """)
    }

    /// What was made and changed on the days of a span, those on which anything was.
    func days(of range: DayRange) async throws(PostgresError) -> [ActivityDay] {
        let rows = try await database.query(
            """
            SELECT to_char(day, 'YYYY-MM-DD'), sum(issued)::bigint, sum(updates)::bigint FROM issuer.activity
            WHERE day BETWEEN \(range.from)::text::date AND \(range.to)::text::date GROUP BY day ORDER BY day
            """)
        var days: [ActivityDay] = []
        for row in rows {
            let (date, issued, updates) = try row.decode(String.self, Int.self, Int.self)
            days.append(ActivityDay(date: date, issued: issued, updates: updates))
        }
        return days
    }

    private static func count(_ campaign: CampaignID) -> SQL {
        "SELECT coalesce(sum(issued), 0)::bigint FROM issuer.activity WHERE campaign_id = \(campaign)"
    }
}
