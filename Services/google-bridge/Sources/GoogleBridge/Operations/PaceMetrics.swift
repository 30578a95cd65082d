import ServiceKit

/// What an operator watches of the pace of calls to Google.
struct PaceMetrics: Sendable {
    /// Who waits for a place.
    enum Caller: String, CaseIterable {
        /// A call that somebody waits for.
        case request
        /// The queue, for its next calls.
        case queue
    }

    private let waits: Histogram

    init(_ metrics: Metrics, ratePerSecond: Double) {
        waits = metrics.histogram(
            "wallet_google_pace_wait_seconds", help: "How long calls to Google wait for their place, in seconds.",
            labels: ["caller"])
        metrics.gauge(
            "wallet_google_pace_calls_per_second",
            help: "Calls a second that each issuer account is allowed; 0: as many as come."
        ).set(ratePerSecond)
    }

    func observe(_ seconds: Double, of caller: Caller) {
        waits.observe(max(0, seconds), caller.rawValue)
    }
}
