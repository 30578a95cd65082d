import ServiceKit

/// What an operator watches of the outbox: messages that wait for each service, and for how long the oldest has.
struct OutboxMetrics: Sendable {
    private let waiting: Gauge
    private let oldest: Gauge

    init(_ metrics: Metrics) {
        waiting = metrics.gauge(
            "wallet_outbox_messages", help: "Messages that wait to be taken by another service.",
            labels: ["destination"])
        oldest = metrics.gauge(
            "wallet_outbox_oldest_seconds", help: "How long the oldest message has been waiting, in seconds.",
            labels: ["destination"])
        set([:])
    }

    /// Takes a new reading.
    func set(_ backlogs: [OutboxDestination: OutboxBacklog]) {
        for destination in OutboxDestination.allCases {
            let backlog = backlogs[destination]
            waiting.set(Double(backlog?.count ?? 0), destination.rawValue)
            oldest.set(backlog?.oldestSeconds ?? 0, destination.rawValue)
        }
    }
}
