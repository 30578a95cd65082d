import HTTPTypes

/// The way of one change to the installed passes.
public struct Rollout: Codable, Hashable, Sendable {
    /// Its id.
    public var id: RolloutID
    /// The campaign, when it is of one.
    @Nullable public var campaignId: CampaignID?
    /// What it carries.
    public var cause: RolloutCause
    /// Where it stands.
    public var state: RolloutState
    /// How many passes it is about.
    public var total: Int
    /// How many passes were treated.
    public var notified: Int
    /// How many passes failed.
    public var failed: Int
    /// The first faults.
    public var errors: [RolloutError]
    /// When it began.
    public var startedAt: Instant
    /// When it ended.
    @Nullable public var finishedAt: Instant?
    /// How many passes it may treat in a second; null is without limit.
    @Nullable public var ratePerSecond: Int?

    /// Makes a rollout.
    public init(
        id: RolloutID, campaignId: CampaignID? = nil, cause: RolloutCause, state: RolloutState, total: Int,
        notified: Int, failed: Int, errors: [RolloutError] = [], startedAt: Instant, finishedAt: Instant? = nil,
        ratePerSecond: Int? = nil
    ) {
        self.id = id
        self.campaignId = campaignId
        self.cause = cause
        self.state = state
        self.total = total
        self.notified = notified
        self.failed = failed
        self.errors = errors
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.ratePerSecond = ratePerSecond
    }
}
