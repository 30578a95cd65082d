import HTTPTypes

/// The pushes of one pass type.
public struct Topic: Codable, Hashable, Sendable {
    /// The pass type.
    public var passTypeIdentifier: PassTypeIdentifier
    /// Where it stands.
    public var state: TopicState
    /// How many pushes wait.
    public var queued: Int
    /// How many are with APNs.
    public var inFlight: Int
    /// How many APNs took.
    public var accepted: Int
    /// How many APNs refused, by reason.
    public var rejected: [String: Int]
    /// Since when the oldest push waits.
    @Nullable public var oldestQueuedAt: Instant?
    /// The last fault.
    @Nullable public var lastError: String?
    /// When its certificate ends.
    @Nullable public var certificateNotAfter: Instant?

    /// Makes an item.
    public init(
        passTypeIdentifier: PassTypeIdentifier, state: TopicState, queued: Int, inFlight: Int, accepted: Int,
        rejected: [String: Int] = [:], oldestQueuedAt: Instant? = nil, lastError: String? = nil,
        certificateNotAfter: Instant? = nil
    ) {
        self.passTypeIdentifier = passTypeIdentifier
        self.state = state
        self.queued = queued
        self.inFlight = inFlight
        self.accepted = accepted
        self.rejected = rejected
        self.oldestQueuedAt = oldestQueuedAt
        self.lastError = lastError
        self.certificateNotAfter = certificateNotAfter
    }
}
