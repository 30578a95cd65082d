import ServiceKit

/// What became of what owners entered, and whether their phones showed the pass's token, of which Apple says nothing.
struct PersonalizationMetrics: Sendable {
    /// What became of a request.
    enum Result: String, Sendable {
        case signed, refused, unavailable
    }

    private let requests: Counter

    init(_ metrics: Metrics) {
        requests = metrics.counter(
            "wallet_personalizations_total",
            help: "Requests to personalise a pass, by what became of them and by the pass's token that came with them.",
            labels: ["result", "token"])
    }

    /// Counts a request.
    /// - Parameter hasToken: whether the pass's token came with it.
    func count(_ result: Result, hasToken: Bool) { requests.increment(result.rawValue, hasToken ? "shown" : "absent") }
}
