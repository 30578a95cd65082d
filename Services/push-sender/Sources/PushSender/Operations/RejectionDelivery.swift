import HTTPClient
import Postgres
import ServiceKit
import Tracing

/// Tells device-registry which tokens are dead, on every replica at once, until it has learnt it.
struct RejectionDelivery: Sendable {
    let store: RejectionStore
    let topics: TopicStore
    let registry: DeviceRegistryClient
    let logger: Logger
    let metrics: OutboxMetrics
    var tracer = Tracer.off

    /// How many tokens a call tells of.
    static let batch = 1_000
    /// How long what was taken stays with this replica; longer than a call may last.
    static let lease = Duration.seconds(15)
    /// How long it rests when nothing is due.
    static let rest = Duration.milliseconds(500)
    /// How often the backlog is measured.
    static let measuring = Duration.seconds(5)

    /// Tells what becomes due, until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        var measureAt = ContinuousClock.now
        while !Task.isCancelled {
            do {
                if ContinuousClock.now >= measureAt {
                    let backlog = try await store.backlog()
                    metrics.set(waiting: backlog.count, oldestSeconds: backlog.oldestSeconds)
                    measureAt = ContinuousClock.now + Self.measuring
                }
                // A replica that died after it opened a breaker left them there.
                while try await topics.recallSuspects(atMost: Self.batch) == Self.batch {}
                if try await deliver() == Self.batch { continue }
            } catch {
                try Task.checkCancellation()
                logger.warning("The outbox can't be read; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.rest)
        }
    }

    /// Tells what is due.
    /// - Returns: how many tokens it took; a full batch means that more may wait.
    func deliver() async throws -> Int {
        let rejections = try await store.lease(atMost: Self.batch, for: Self.lease)
        guard !rejections.isEmpty else { return 0 }
        do {
            try await tracer.work(
                "tell rejected tokens", .consumer, [.number("messaging.batch.message_count", rejections.count)]
            ) { try await registry.tell(rejections.map(\.content)) }
        } catch {
            let attempts = rejections.map(\.attempts).max() ?? 1
            logger.warning(
                "device-registry did not take rejected tokens; they are sent again.",
                ["tokens": "\(rejections.count)", "attempts": "\(attempts)", "error": "\(error)"])
            let pause = BackOff.ofRegistry.pause(after: attempts, jitter: .random(in: 0...1))
            try await store.failed(rejections, reason: "\(error)", retryAfter: pause)
            return rejections.count
        }
        try await store.delivered(rejections)
        return rejections.count
    }
}
