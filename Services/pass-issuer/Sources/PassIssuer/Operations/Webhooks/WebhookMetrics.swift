import ServiceKit

/// What an operator watches of webhooks.
struct WebhookMetrics: Sendable {
    private let attempts: Counter
    private let waiting: Gauge
    private let oldest: Gauge

    init(_ metrics: Metrics) {
        attempts = metrics.counter(
            "wallet_webhook_attempts_total", help: "Events sent to webhooks, by what became of each.",
            labels: ["result"])
        waiting = metrics.gauge("wallet_webhook_events", help: "Events that wait for webhooks.")
        oldest = metrics.gauge(
            "wallet_webhook_oldest_seconds", help: "How long the oldest of them has been waiting, in seconds.")
        set(OutboxBacklog(count: 0, oldestSeconds: 0))
    }

    /// Takes a new reading.
    func set(_ backlog: OutboxBacklog) {
        waiting.set(Double(backlog.count))
        oldest.set(backlog.oldestSeconds)
    }

    /// Counts an attempt.
    func count(_ outcome: WebhookOutcome) {
        switch outcome {
        case .delivered: attempts.increment("delivered")
        case .receiverFailed: attempts.increment("receiverFailed")
        case .refused: attempts.increment("refused")
        }
    }
}
