import ServiceKit

/// What an operator watches of the calls to Google.
struct WalletMetrics: Sendable {
    private let calls: Counter
    private let failures: Counter
    private let duration: Histogram

    init(_ metrics: Metrics) {
        calls = metrics.counter(
            "wallet_google_calls_total", help: "Calls to Google Wallet, by method and status; 0: no answer.",
            labels: ["method", "status"])
        failures = metrics.counter(
            "wallet_google_failures_total", help: "Calls that Google refused or left unanswered, by its reason.",
            labels: ["reason"])
        duration = metrics.histogram(
            "wallet_google_call_seconds", help: "How long Google takes to answer, in seconds.", labels: ["method"])
    }

    func observe(_ call: WalletCall, took time: Duration, failure: GoogleFailure?) {
        let status = failure.map { $0.status ?? 0 } ?? 200
        calls.increment(call.method.rawValue, String(status))
        duration.observe(time, call.method.rawValue)
        if let failure { failures.increment(Self.label(failure)) }
    }

    /// Google's words for reasons are few; anything that does not look like one is not let into a label.
    private static func label(_ failure: GoogleFailure) -> String {
        let word = failure.reason
        let isWord =
            word.utf8.count <= 40 && word.utf8.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x5F }
        return isWord ? word : "other"
    }
}
