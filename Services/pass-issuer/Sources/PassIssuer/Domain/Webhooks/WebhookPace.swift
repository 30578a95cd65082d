/// When events are sent again.
enum WebhookPace {
    /// How many events of one webhook are under way at once, all replicas together.
    static let width = 8
    /// How many events of all webhooks one replica has under way.
    static let capacity = 256
    /// How long one call may last.
    static let deadline = Duration.seconds(10)
    /// How long an event stays with the replica that took it: longer than a call.
    static let leaseSeconds = 30
    /// How much of an answer is read.
    static let maximumResponseBytes = 64 << 10
    /// How long a receiver may have itself waited for.
    static let longestRetryAfter = 3_600

    /// Milliseconds that a receiver is left alone after so many failures in a row: a second, doubled with each, five
    /// minutes at most; longer when it says so. Chance lets replicas and receivers spread.
    static func pause(failures: Int, retryAfterSeconds: Int?, jitter: Double) -> Int {
        let doubled = min(1_000.0 * Double(1 << min(max(failures - 1, 0), 20)), 300_000)
        return max(Int(doubled * jitter), min(retryAfterSeconds ?? 0, longestRetryAfter) * 1_000)
    }

    /// Milliseconds until an event that was refused by itself is sent again: five seconds, doubled with each attempt, an
    /// hour at most.
    static func delay(attempts: Int, jitter: Double) -> Int {
        Int(min(5_000.0 * Double(1 << min(max(attempts - 1, 0), 20)), 3_600_000) * jitter)
    }
}
