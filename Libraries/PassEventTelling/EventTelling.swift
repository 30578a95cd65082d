import Contracts
import HTTPClient
import HTTPTypes
import ServiceKit
import Tracing

/// Tells pass-issuer what a service saw happen to passes, in its order and until it was taken there.
public struct EventTelling: Sendable {
    private let notices: EventNoticeStore
    private let issuer: RPCClient
    private let waiting: Gauge
    private let logger: Logger
    private let tracer: Tracer

    /// How many one call tells.
    private static let portion = 500
    /// How long the right to tell stays with a replica: longer than a call may last.
    private static let leaseSeconds = 15
    /// How long it rests when there is nothing to tell.
    private static let rest = Duration.milliseconds(200)
    /// How often what waits is measured.
    private static let measuring = Duration.seconds(5)

    /// Tells what a service's schema holds.
    public init(
        notices: EventNoticeStore, issuer: RPCClient, metrics: Metrics, logger: Logger, tracer: Tracer = .off
    ) {
        self.notices = notices
        self.issuer = issuer
        self.logger = logger
        self.tracer = tracer
        waiting = metrics.gauge(
            "wallet_event_notices", help: "What happened to passes that pass-issuer has not been told of.")
    }

    /// Tells what there is, until it is cancelled; while the database is away it waits for it.
    public func run() async throws {
        var measureAt = ContinuousClock.now
        while true {
            do {
                if ContinuousClock.now >= measureAt {
                    waiting.set(Double(try await notices.count()))
                    measureAt = ContinuousClock.now + Self.measuring
                }
                if try await tell() == Self.portion { continue }
            } catch {
                try Task.checkCancellation()
                logger.warning("What happened to passes can't be read; it is tried again.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.rest)
        }
    }

    /// Tells the oldest notices; how many were taken.
    public func tell() async throws -> Int {
        guard let lease = try await notices.take(for: Self.leaseSeconds) else { return 0 }
        let oldest = try await notices.oldest(Self.portion)
        do {
            let request = PassEventNoticesRequest(events: oldest.map(\.notice))
            try await tracer.work(
                "tell pass events", .consumer, [.number("messaging.batch.message_count", oldest.count)]
            ) { _ = try await issuer.call(PassIssuerEndpoints.passEvents, body: request) }
        } catch {
            if Task.isCancelled { return 0 }
            logger.warning(
                "pass-issuer did not take what happened to passes; it is told again.",
                ["events": "\(oldest.count)", "error": "\(error)"])
            try await notices.failed(leasedUntil: lease, jitter: .random(in: 0.5...1))
            return 0
        }
        try await notices.told(oldest.map(\.position), leasedUntil: lease)
        return oldest.count
    }
}
