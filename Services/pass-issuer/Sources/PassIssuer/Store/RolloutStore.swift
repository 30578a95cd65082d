import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Rollouts in `issuer.rollouts`, as administrators see and steer them.
struct RolloutStore: Sendable {
    let database: PostgresPool
    var signals = WorkSignals()

    /// A rollout that runs or ran.
    func rollout(_ id: RolloutID) async throws(PostgresError) -> Rollout? {
        try await database.query(
            """
            SELECT \(unescaped: Rollout.columns) FROM issuer.rollouts
            WHERE id = \(id) AND state NOT IN ('receiving', 'abandoned')
            """
        ).first.map(Rollout.init(row:))
    }

    /// The rollouts that began before the one of a number, the newest first.
    func rollouts(before number: Int, limit: Int) async throws(PostgresError) -> [Rollout] {
        try await database.query(
            """
            SELECT \(unescaped: Rollout.columns) FROM issuer.rollouts
            WHERE number < \(number) AND state NOT IN ('receiving', 'abandoned')
            ORDER BY number DESC LIMIT \(limit)
            """
        ).map(Rollout.init(row:))
    }

    /// The newest rollout of a campaign's own changes.
    func newest(of campaign: CampaignID) async throws(PostgresError) -> Rollout? {
        try await database.query(
            """
            SELECT \(unescaped: Rollout.columns) FROM issuer.rollouts
            WHERE campaign_id = \(campaign) ORDER BY number DESC LIMIT 1
            """
        ).first.map(Rollout.init(row:))
    }

    /// The first faults of rollouts, those of lines in the order of their lines.
    func errors(of ids: [RolloutID]) async throws(PostgresError) -> [RolloutID: [RolloutError]] {
        let rows = try await database.query(
            """
            SELECT rollout_id, line, serial_number, reason FROM issuer.rollout_errors
            WHERE rollout_id = ANY (\(ids)) ORDER BY line, number
            """)
        var errors: [RolloutID: [RolloutError]] = [:]
        for row in rows {
            let (id, line, serialNumber, reason) = try row.decode(
                RolloutID.self, Int?.self, SerialNumber?.self, String.self)
            errors[id, default: []].append(RolloutError(line: line, serialNumber: serialNumber, reason: reason))
        }
        return errors
    }

    /// When the last two mass updates of a campaign that phones were told of began, the newest first.
    func lastStarts(of campaign: CampaignID) async throws(PostgresError) -> [Instant] {
        let rows = try await database.query(
            """
            SELECT r.started_at FROM issuer.rollout_campaigns c JOIN issuer.rollouts r ON r.id = c.rollout_id
            WHERE c.campaign_id = \(campaign) AND (r.notified > 0 OR r.state IN ('running', 'paused'))
            ORDER BY r.number DESC LIMIT 2
            """)
        var starts: [Instant] = []
        for row in rows { starts.append(try row.decode(Instant.self)) }
        return starts
    }

    /// Stops a rollout for now, or lets it go on, measuring its pace anew.
    /// - Returns: false when it has ended, or was never there.
    func set(_ state: RolloutState, of id: RolloutID, at now: Instant) async throws(PostgresError) -> Bool {
        try await steered(
            """
            UPDATE issuer.rollouts
            SET state = \(state), paced_at = \(now), paced_treated = notified + unchanged + failed, updated_at = \(now)
            WHERE id = \(id) AND state IN ('running', 'paused')
            """)
    }

    /// Says how fast a rollout may go.
    /// - Returns: false when it has ended, or was never there.
    func setRate(_ perSecond: Int?, of id: RolloutID, at now: Instant) async throws(PostgresError) -> Bool {
        try await steered(
            """
            UPDATE issuer.rollouts
            SET rate_per_second = \(perSecond), paced_at = \(now), paced_treated = notified + unchanged + failed,
                updated_at = \(now)
            WHERE id = \(id) AND state IN ('running', 'paused')
            """)
    }

    private func steered(_ change: SQL) async throws(PostgresError) -> Bool {
        let isThere = try await database.execute(change) == 1
        if isThere { signals.rollouts.signal() }
        return isThere
    }

    /// The rollouts that could not go on since an instant.
    func failed(since instant: Instant) async throws(PostgresError) -> [RolloutID] {
        let rows = try await database.query(
            "SELECT id FROM issuer.rollouts WHERE state = 'failed' AND finished_at >= \(instant) ORDER BY number")
        var ids: [RolloutID] = []
        for row in rows { ids.append(try row.decode(RolloutID.self)) }
        return ids
    }

    /// How many rollouts run, and how many are paused.
    func counts() async throws(PostgresError) -> (running: Int, paused: Int) {
        let row = try await database.query(
            """
            SELECT count(*) FILTER (WHERE r.state = 'running'), count(*) FILTER (WHERE r.state = 'paused')
            FROM issuer.rollout_walks w JOIN issuer.rollouts r ON r.id = w.rollout_id
            """
        ).first
        return try row?.decode(Int.self, Int.self) ?? (0, 0)
    }
}
