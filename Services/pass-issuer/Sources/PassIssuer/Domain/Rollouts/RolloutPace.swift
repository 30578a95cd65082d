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

    /// The most passes that a rollout whose turn came late makes up for at once, where a second allows fewer. While
    /// very many slow ones are open, batches of a pass each would come too rarely for their rates.
    static let largestArrears = 20

    /// How many passes the next batch takes: what a second allows, or what has become due since its turn.
    static func batchSize(ratePerSecond: Int?, lateMilliseconds: Int) -> Int {
        guard let rate = ratePerSecond else { return largestBatch }
        let late = min(lateMilliseconds, creditMilliseconds(ratePerSecond: rate))
        let due = min(rate + rate * late / 1_000, largestArrears)
        return min(max(rate, due), largestBatch)
    }

    /// How late a rollout may be and still come to its rate: a second, or as long as its largest arrears take.
    static func creditMilliseconds(ratePerSecond: Int?) -> Int {
        max(1_000, largestArrears * 1_000 / (ratePerSecond ?? largestArrears))
    }

    /// For how many microseconds a batch puts off the next one.
    static func delayMicroseconds(treated: Int, ratePerSecond: Int?) -> Int {
        ratePerSecond.map { treated * 1_000_000 / $0 } ?? 0
    }
}
