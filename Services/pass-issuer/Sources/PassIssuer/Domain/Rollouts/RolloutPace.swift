/// How large a rollout's batches are, and how far apart.
enum RolloutPace {
    /// The most passes of a batch: large enough to be quick, small enough that nobody waits long behind it.
    static let largestBatch = 2_000
    /// Passes that are looked at together within a batch.
    static let slice = 500
    /// How long a batch may take before it is ended with what it has done.
    static let budget = Duration.seconds(3)
    /// While so many messages about many passes wait for device-registry, no batch adds to them.
    static let largestBacklog = 8

    /// How many passes the next batch takes: what a second allows.
    static func batchSize(ratePerSecond: Int?) -> Int {
        min(ratePerSecond ?? largestBatch, largestBatch)
    }

    /// For how many microseconds a batch puts off the next one.
    static func delayMicroseconds(treated: Int, ratePerSecond: Int?) -> Int {
        ratePerSecond.map { treated * 1_000_000 / $0 } ?? 0
    }
}
