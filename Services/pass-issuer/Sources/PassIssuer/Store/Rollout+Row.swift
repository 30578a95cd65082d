import Contracts
import HTTPTypes
import Postgres
import ServiceKit

extension Rollout {
    /// The columns of `issuer.rollouts` that make a rollout, in the order in which `init(row:)` reads them.
    static let columns: StaticString = """
        id, number, campaign_id, cause, state, total, notified, unchanged, failed, rate_per_second, started_at, \
        finished_at, paced_at, paced_treated
        """

    /// Reads the columns of a rollout that runs or ran.
    init(row: Row) throws(PostgresError) {
        let (
            id, number, campaign, cause, state, total, notified, unchanged, failed, ratePerSecond, startedAt,
            finishedAt, pacedAt, pacedTreated
        ) = try row.decode(
            RolloutID.self, Int.self, CampaignID?.self, RolloutCause.self, RolloutState.self, Int.self, Int.self,
            Int.self, Int.self, Int?.self, Instant.self, Instant?.self, Instant.self, Int.self)
        self.init(
            id: id, number: number, campaign: campaign, cause: cause, state: state, total: total, notified: notified,
            unchanged: unchanged, failed: failed, ratePerSecond: ratePerSecond, startedAt: startedAt,
            finishedAt: finishedAt, pacedAt: pacedAt, pacedTreated: pacedTreated)
    }
}

extension RolloutID: PostgresEncodable, PostgresDecodable {}
extension RolloutCause: PostgresEncodable, PostgresDecodable {}
extension RolloutState: PostgresEncodable, PostgresDecodable {}
extension PassEventKind: PostgresEncodable, PostgresDecodable {}
