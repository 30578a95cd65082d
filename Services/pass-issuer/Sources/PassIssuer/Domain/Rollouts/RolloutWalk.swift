import Contracts

/// A rollout that a replica treats the next batch of.
struct RolloutWalk: Sendable, Hashable {
    let rollout: RolloutID
    let cause: RolloutCause
    let campaign: CampaignID?
    /// The version that passes are brought to, when the campaign changed.
    let campaignVersion: Int?
    let ratePerSecond: Int?
    /// For how long its next batch has been due; a pause does not count.
    let lateMilliseconds: Int
    /// The last serial number, or line, that was treated.
    let position: String
    /// Batches in a row that came to nothing.
    let faults: Int
}
