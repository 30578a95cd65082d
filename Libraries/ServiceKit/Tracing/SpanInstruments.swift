/// Counts what became of spans.
struct SpanInstruments: Sendable {
    /// What may become of a span.
    enum Result: String, CaseIterable {
        /// The collector has it.
        case exported
        /// It did not fit into the queue, or the service ended before the collector took it.
        case dropped
        /// The collector refused it.
        case refused
    }

    private let spans: Counter

    init(_ metrics: Metrics) {
        spans = metrics.counter(
            "wallet_trace_spans_total", help: "Steps of traces, by what became of them.", labels: ["result"])
        for result in Result.allCases { count(0, result) }
    }

    func count(_ number: Int, _ result: Result) {
        spans.increment(by: Double(number), result.rawValue)
    }
}
