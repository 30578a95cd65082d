import HTTPTypes

/// What stands in a topic's queue.
struct TopicQueue: Sendable, Hashable {
    /// Pushes that wait.
    var waiting = 0
    /// Pushes that are with APNs.
    var inFlight = 0
    /// Since when the oldest waits.
    var oldestQueuedAt: Instant?
}
