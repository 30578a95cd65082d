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
    /// How many passes it is about; lines of a mass update.
    public var total: Int
    /// How many of them changed, so that their devices are told.
    public var notified: Int
    /// How many look the same as before, so that nobody is told.
    public var unchanged: Int
    /// How many failed.
    public var failed: Int
    /// The first faults, 100 at most.
    public var errors: [RolloutError]
    /// When it began.
    public var startedAt: Instant
    /// When it ended.
    @Nullable public var finishedAt: Instant?
    /// How many passes it may treat in a second; null is without limit.
    @Nullable public var ratePerSecond: Int?
    /// How long it will go on at the pace that it has; null when it does not run, or has no pace yet.
    @Nullable public var remainingSeconds: Int?

    /// Makes a rollout.
    public init(
        id: RolloutID, campaignId: CampaignID? = nil, cause: RolloutCause, state: RolloutState, total: Int,
        notified: Int, unchanged: Int = 0, failed: Int, errors: [RolloutError] = [], startedAt: Instant,
        finishedAt: Instant? = nil, ratePerSecond: Int? = nil, remainingSeconds: Int? = nil
    ) {
        self.id = id
        self.campaignId = campaignId
        self.cause = cause
        self.state = state
        self.total = total
        self.notified = notified
        self.unchanged = unchanged
        self.failed = failed
        self.errors = errors
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.ratePerSecond = ratePerSecond
        self.remainingSeconds = remainingSeconds
    }
}
