import ServiceKit

/// What an operator watches of pushes: how they end, as this replica sees it.
struct PushMetrics: Sendable {
    private let results: Counter

    init(_ metrics: Metrics) {
        results = metrics.counter(
            "push_results_total",
            help:
                "Pushes by what became of them (accepted, rejected, given_up; refused and unanswered are sent again).",
            labels: ["result", "reason"])
    }

    /// Counts pushes that were written down.
    func count(_ outcomes: [PushOutcome]) {
        for (labels, group) in Dictionary(grouping: outcomes, by: Labels.init) {
            results.increment(by: Double(group.count), labels.result, labels.reason)
        }
    }

    private struct Labels: Hashable {
        let result: String
        let reason: String

        init(_ outcome: PushOutcome) {
            switch outcome.kind {
            case .accepted: (result, reason) = ("accepted", "")
            case .rejected, .suspect: (result, reason) = ("rejected", outcome.reason ?? "")
            case .givenUp: (result, reason) = ("given_up", outcome.reason ?? "")
            case .refused: (result, reason) = ("refused", outcome.reason ?? "")
            // The words of OpenSSL and of the system are many.
            case .unanswered: (result, reason) = ("unanswered", "")
            }
        }
    }
}
