import ServiceKit

/// What an operator watches of rollouts: how many there are, and how fast passes are treated.
struct RolloutMetrics: Sendable {
    private let rollouts: Gauge
    private let passes: Counter

    init(_ metrics: Metrics) {
        rollouts = metrics.gauge("wallet_rollouts", help: "Rollouts that have not ended.", labels: ["state"])
        passes = metrics.counter(
            "wallet_rollout_passes_total", help: "Passes that rollouts treated, by what became of them.",
            labels: ["outcome"])
        set(running: 0, paused: 0)
        count(RolloutTally())
    }

    /// Takes a new reading.
    func set(running: Int, paused: Int) {
        rollouts.set(Double(running), "running")
        rollouts.set(Double(paused), "paused")
    }

    /// Counts the passes of a batch.
    func count(_ tally: RolloutTally) {
        passes.increment(by: Double(tally.notified), "notified")
        passes.increment(by: Double(tally.unchanged), "unchanged")
        passes.increment(by: Double(tally.failed), "failed")
    }
}
