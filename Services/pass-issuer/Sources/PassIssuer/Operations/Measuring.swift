import ServiceKit

/// Looks regularly at what waits, for whoever watches the metrics.
struct Measuring: Sendable {
    let outbox: OutboxStore
    let outboxMetrics: OutboxMetrics
    let rollouts: RolloutStore
    let rolloutMetrics: RolloutMetrics
    let deliveries: WebhookDeliveryStore
    let webhookMetrics: WebhookMetrics

    /// How often it looks.
    static let interval = Duration.seconds(5)

    /// Measures until it is cancelled.
    func run() async throws {
        while true {
            do {
                outboxMetrics.set(try await outbox.backlog())
                let (running, paused) = try await rollouts.counts()
                rolloutMetrics.set(running: running, paused: paused)
                webhookMetrics.set(try await deliveries.backlog())
            } catch {
                // Others say in the log that the database is away; the figures stay as they were.
                try Task.checkCancellation()
            }
            try await Task.sleep(for: Self.interval)
        }
    }
}
