import Contracts
import ServiceKit

/// Keeps the calls of each issuer account below Google's limit, all replicas together.
///
/// Every call has a place of its own in one row per issuer, so however many replicas there are, two calls are never
/// closer to each other than the interval. A person who waits reserves a place ahead; the queue only takes the very
/// next ones, so it never stands before a person for longer than one of its small grants.
struct Pace: Sendable {
    private let store: PaceStore
    /// Seconds between two calls; nil without a limit.
    private let interval: Double?
    private let metrics: PaceMetrics

    /// How much below the limit it stays, since clocks and networks are not exact.
    private static let reserve = 1.02
    /// The longest time that one grant to the queue covers.
    private static let grantSeconds = 0.05
    private static let largestGrant = 64

    /// - Parameter ratePerSecond: calls a second for each issuer; 0 does not limit them.
    init(store: PaceStore, ratePerSecond: Double, metrics: Metrics = Metrics()) {
        self.store = store
        self.metrics = PaceMetrics(metrics, ratePerSecond: ratePerSecond)
        interval = ratePerSecond > 0 ? Self.reserve / ratePerSecond : nil
    }

    /// Calls that may be sent, and when.
    struct Grant: Sendable {
        let count: Int
        let start: ContinuousClock.Instant
        let interval: Duration

        /// When a call of the grant may be sent.
        func time(of index: Int) -> ContinuousClock.Instant { start + interval * index }
    }

    /// The next calls of an issuer, for the queue; nil while others stand before it.
    func grant(for issuer: GoogleIssuerID) async throws -> Grant? {
        guard let interval else { return Grant(count: Self.largestGrant, start: .now, interval: .zero) }
        let count = min(max(Int(Self.grantSeconds / interval), 1), Self.largestGrant)
        let wait = try await store.reserve(count, for: issuer, every: interval, within: interval)
        if let wait { metrics.observe(wait, of: .queue) }
        return wait.map { Grant(count: count, start: .now + .seconds($0), interval: .seconds(interval)) }
    }

    /// How long the queue rests when it was granted nothing.
    var rest: Duration { interval.map { .seconds(min($0, 1)) } ?? .milliseconds(10) }

    /// Waits until one more call of an issuer may be sent.
    func wait(for issuer: GoogleIssuerID, until deadline: ContinuousClock.Instant) async throws {
        guard let interval else { return }
        let horizon = max(0, ContinuousClock.now.duration(to: deadline) / .seconds(1))
        guard let wait = try await store.reserve(1, for: issuer, every: interval, within: horizon) else {
            throw GoogleFailure(
                .retry, reason: "paced", message: "Other calls to Google stand before this one; it is sent later.")
        }
        metrics.observe(wait, of: .request)
        try await Task.sleep(for: .seconds(wait))
    }

    /// Leaves Google alone for as long as it asks for, or for a while when it does not say.
    func respect(_ failure: GoogleFailure, of issuer: GoogleIssuerID) async throws {
        guard failure.asksForPatience else { return }
        try await store.pause(issuer, seconds: failure.retryAfterSeconds ?? 1)
    }
}
