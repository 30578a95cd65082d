import ServiceKit
import Tracing

/// Tells pass-issuer what a service saw happen to passes, in its order and until it was taken there.
public struct EventTelling<Notice: Sendable>: Sendable {
    /// Tells pass-issuer some notices; returns once they are taken there.
    public typealias Call = @Sendable ([Notice]) async throws -> Void

    private let notices: EventNoticeStore<Notice>
    private let call: Call
    private let waiting: Gauge
    private let logger: Logger
    private let tracer: Tracer

    /// How many one call tells.
    private static var portion: Int { 500 }
    /// How long the right to tell stays with a replica: longer than a call may last.
    private static var leaseSeconds: Int { 15 }
    /// How long it rests when there is nothing to tell.
    private static var rest: Duration { .milliseconds(200) }
    /// How often what waits is measured.
    private static var measuring: Duration { .seconds(5) }

    /// Tells what a service's schema holds.
    public init(
        notices: EventNoticeStore<Notice>, metrics: Metrics, logger: Logger, tracer: Tracer = .off,
        call: @escaping Call
    ) {
        self.notices = notices
        self.call = call
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
            try await tracer.work(
                "tell pass events", .consumer, [.number("messaging.batch.message_count", oldest.count)]
            ) { try await call(oldest.map(\.notice)) }
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
