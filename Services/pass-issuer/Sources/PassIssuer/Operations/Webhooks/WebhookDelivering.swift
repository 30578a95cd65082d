import Contracts
import HTTPTypes
import ServiceKit
import Tracing

/// Sends events to webhooks, on every replica at once, until they were taken.
struct WebhookDelivering: Sendable {
    let deliveries: WebhookDeliveryStore
    let post: WebhookPost
    /// How long an event is sent again.
    let retryWindow: Duration
    let metrics: WebhookMetrics
    let tracer: Tracer
    let logger: Logger

    /// How long it rests when nothing is due.
    static let rest = Duration.milliseconds(200)

    private enum Event: Sendable { case settled, rested }

    /// Sends what becomes due, until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        try await withThrowingTaskGroup(of: Event.self) { group in
            var (underway, settled, isResting) = (0, 0, false)
            while true {
                // Half of what was under way is done: several are taken with one statement.
                if underway < WebhookPace.capacity, settled * 2 >= underway {
                    settled = 0
                    let taken = try await take(WebhookPace.capacity - underway)
                    underway += taken.count
                    for delivery in taken {
                        group.addTask {
                            await send(delivery)
                            return .settled
                        }
                    }
                }
                if !isResting {
                    isResting = true
                    group.addTask {
                        try await Task.sleep(for: Self.rest)
                        return .rested
                    }
                }
                switch try await group.next() {
                case .settled?: (underway, settled) = (underway - 1, settled + 1)
                case .rested?: (isResting, settled) = (false, max(settled, underway))
                case nil: return
                }
            }
        }
    }

    /// Takes due events; none while the database is away.
    private func take(_ limit: Int) async throws -> [LeasedDelivery] {
        do {
            return try await deliveries.lease(upTo: limit)
        } catch {
            try Task.checkCancellation()
            logger.warning("Events for webhooks can't be read; it is tried again.", ["error": "\(error)"])
            return []
        }
    }

    private func send(_ delivery: LeasedDelivery) async {
        // The receiver is a stranger, and is not told the trace.
        let outcome = await tracer.work(
            "deliver webhook event", .consumer,
            [
                .text("wallet.webhook", delivery.webhook), .text("wallet.event", "\(delivery.event.id)"),
                .text("wallet.event_kind", "\(delivery.event.kind)"), .number("wallet.attempt", delivery.attempts),
            ]
        ) { await post.send(delivery) }
        // Whoever stops the service ends the call too: the receiver may have the event, and gets it again.
        if Task.isCancelled { return }
        do {
            try await note(outcome, of: delivery)
        } catch {
            // The lease ends by itself, and the event is sent again.
            logger.warning(
                "What became of an event for a webhook was not stored; it is sent again.",
                ["event": "\(delivery.event.id)", "error": "\(error)"])
        }
    }

    private func note(_ outcome: WebhookOutcome, of delivery: LeasedDelivery) async throws {
        metrics.count(outcome)
        let window = Int(retryWindow.components.seconds)
        switch outcome {
        case .delivered(let status): try await deliveries.delivered(delivery, status: status)
        case .receiverFailed(let status, let reason, let retryAfter):
            log(delivery, reason)
            try await deliveries.receiverFailed(
                delivery, status: status, reason: reason,
                pauseMilliseconds: WebhookPace.pause(
                    failures: delivery.failures + 1, retryAfterSeconds: retryAfter, jitter: .random(in: 0.5...1)),
                retryWindowSeconds: window)
        case .refused(let status, let reason):
            log(delivery, reason)
            try await deliveries.refused(
                delivery, status: status, reason: reason,
                delayMilliseconds: WebhookPace.delay(attempts: delivery.attempts, jitter: .random(in: 0.5...1)),
                retryWindowSeconds: window)
        }
    }

    /// Without the URL, which may hold a token of the receiver's.
    private func log(_ delivery: LeasedDelivery, _ reason: String) {
        logger.warning(
            "A webhook did not take an event; it is sent again.",
            [
                "webhook": delivery.webhook, "event": "\(delivery.event.id)", "kind": "\(delivery.event.kind)",
                "attempts": "\(delivery.attempts)", "error": reason,
            ])
    }
}
