import ServiceKit

/// What an operator watches of the queue.
struct QueueMetrics: Sendable {
    private let operations: Gauge
    private let oldest: Gauge

    init(_ metrics: Metrics) {
        operations = metrics.gauge(
            "wallet_google_operations", help: "Operations that wait for Google, or for somebody to repair a cause.",
            labels: ["state"])
        oldest = metrics.gauge(
            "wallet_google_oldest_operation_seconds",
            help: "How long the oldest operation has been waiting, in seconds.")
    }

    /// Takes a new reading.
    func set(_ backlog: (pending: Int, failed: Int, oldestSeconds: Double)) {
        operations.set(Double(backlog.pending), "pending")
        operations.set(Double(backlog.failed), "failed")
        oldest.set(backlog.oldestSeconds)
    }
}
