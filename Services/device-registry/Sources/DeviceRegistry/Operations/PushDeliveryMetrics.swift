import Contracts
import ServiceKit

/// What an operator watches of the way to push-sender.
struct PushDeliveryMetrics: Sendable {
    private let messages: Gauge
    private let tokens: Gauge
    private let oldest: Gauge
    private let handedOver: Counter

    init(_ metrics: Metrics) {
        messages = metrics.gauge("wallet_outbox_messages", help: "Messages to other services that wait to be taken.")
        tokens = metrics.gauge("wallet_outbox_push_tokens", help: "Push tokens in these messages.")
        oldest = metrics.gauge(
            "wallet_outbox_oldest_seconds", help: "How long the oldest message has been waiting, in seconds.")
        handedOver = metrics.counter(
            "wallet_pushes_handed_over_total", help: "Push tokens that push-sender took, by what it did with them.",
            labels: ["result"])
    }

    /// Takes a new reading.
    func set(_ backlog: OutboxBacklog) {
        messages.set(Double(backlog.messages))
        tokens.set(Double(backlog.pushTokens))
        oldest.set(backlog.oldestSeconds)
    }

    /// Counts what was handed over.
    func count(_ answer: PushesAnswer) {
        handedOver.increment(by: Double(answer.accepted), "accepted")
        handedOver.increment(by: Double(answer.coalesced), "coalesced")
        handedOver.increment(by: Double(answer.refused), "refused")
    }
}
