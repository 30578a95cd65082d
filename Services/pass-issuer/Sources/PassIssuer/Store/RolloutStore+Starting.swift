import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Starting rollouts of a campaign, in the transaction of its change.
extension RolloutStore {
    /// Begins to bring a campaign's passes to its new version; an older rollout that does so is superseded.
    func start(
        bringing campaign: CampaignID, to version: Int, total: Int, ratePerSecond: Int?, at now: Instant,
        in transaction: Transaction
    ) async throws(PostgresError) {
        try await supersede(.campaignChanged, of: campaign, at: now, in: transaction)
        try await insert(
            .campaignChanged, of: campaign, version: version, total: total, ratePerSecond: ratePerSecond, at: now,
            in: transaction)
    }

    /// Begins to void a campaign's passes, each in the version that it has; nothing happens while that is under way.
    func start(
        ending campaign: CampaignID, total: Int, ratePerSecond: Int?, at now: Instant, in transaction: Transaction
    ) async throws(PostgresError) {
        let isUnderway = try await !transaction.query(
            """
            SELECT 1 FROM issuer.rollouts
            WHERE campaign_id = \(campaign) AND cause = 'campaignEnded' AND state IN ('running', 'paused')
            """
        ).isEmpty
        if isUnderway { return }
        try await supersede(.campaignChanged, of: campaign, at: now, in: transaction)
        try await insert(
            .campaignEnded, of: campaign, version: nil, total: total, ratePerSecond: ratePerSecond, at: now,
            in: transaction)
    }

    private func supersede(
        _ cause: RolloutCause, of campaign: CampaignID, at now: Instant, in transaction: Transaction
    ) async throws(PostgresError) {
        try await transaction.execute(
            """
            UPDATE issuer.rollouts SET state = 'superseded', finished_at = \(now), updated_at = \(now)
            WHERE campaign_id = \(campaign) AND cause = \(cause) AND state IN ('running', 'paused')
            """)
    }

    private func insert(
        _ cause: RolloutCause, of campaign: CampaignID, version: Int?, total: Int, ratePerSecond: Int?,
        at now: Instant, in transaction: Transaction
    ) async throws(PostgresError) {
        try await transaction.execute(
            """
            WITH started AS (
                INSERT INTO issuer.rollouts (campaign_id, cause, campaign_version, state, total, rate_per_second,
                    started_at, paced_at, updated_at)
                VALUES (\(campaign), \(cause), \(version), 'running', \(total), \(ratePerSecond), \(now), \(now), \(now))
                RETURNING id
            ), walk AS (
                INSERT INTO issuer.rollout_walks (rollout_id, next_batch_at) SELECT id, clock_timestamp() FROM started
            )
            INSERT INTO issuer.rollout_campaigns (rollout_id, campaign_id) SELECT id, \(campaign) FROM started
            """)
        transaction.afterCommit { [signals] in signals.rollouts.signal() }
    }
}
