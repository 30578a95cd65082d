import ServiceKit

/// Looks regularly at what the outbox holds, for whoever watches the metrics.
struct OutboxMeasuring: Sendable {
    let outbox: OutboxStore
    let metrics: OutboxMetrics

    /// How often it looks.
    static let interval = Duration.seconds(5)

    /// Measures until it is cancelled.
    func run() async throws {
        while true {
            do {
                metrics.set(try await outbox.backlog())
            } catch {
                // The delivery says in the log that the database is away; the figures stay as they were.
                try Task.checkCancellation()
            }
            try await Task.sleep(for: Self.interval)
        }
    }
}
