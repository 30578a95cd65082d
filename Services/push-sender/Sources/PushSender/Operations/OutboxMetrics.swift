import ServiceKit

/// What an operator watches of the outbox: messages that wait, and for how long the oldest has.
struct OutboxMetrics: Sendable {
    private let waiting: Gauge
    private let oldest: Gauge

    init(_ metrics: Metrics) {
        waiting = metrics.gauge("wallet_outbox_messages", help: "Messages to other services that wait to be taken.")
        oldest = metrics.gauge(
            "wallet_outbox_oldest_seconds", help: "How long the oldest message has been waiting, in seconds.")
    }

    /// Takes a new reading.
    func set(waiting count: Int, oldestSeconds: Double) {
        waiting.set(Double(count))
        oldest.set(oldestSeconds)
    }
}
