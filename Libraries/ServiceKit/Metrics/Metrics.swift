import Synchronization

/// The metrics of a process.
public final class Metrics: Sendable {
    private struct State {
        var families: [String: MetricFamily] = [:]
        var readers: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// Makes an empty set.
    public init() {}

    /// A counter; its name ends with `_total`. The same name gives the same counter.
    public func counter(_ name: String, help: String, labels: [String] = []) -> Counter {
        Counter(family: family(MetricFamily(.counter, name, help: help, labels: labels)))
    }

    /// A gauge. The same name gives the same gauge.
    public func gauge(_ name: String, help: String, labels: [String] = []) -> Gauge {
        Gauge(family: family(MetricFamily(.gauge, name, help: help, labels: labels)))
    }

    /// A histogram with the upper bounds of its buckets in rising order. The same name gives the same histogram.
    public func histogram(
        _ name: String, help: String, labels: [String] = [], bounds: [Double] = Histogram.durations
    ) -> Histogram {
        Histogram(family: family(MetricFamily(.histogram, name, help: help, labels: labels, bounds: bounds)))
    }

    /// A metric without labels whose value is read whenever the metrics are.
    public func reading(_ name: String, help: String, isCounter: Bool = false, _ read: @escaping @Sendable () -> Double)
    {
        let family = family(MetricFamily(isCounter ? .counter : .gauge, name, help: help, labels: []))
        onRead { family.set(read(), []) }
    }

    /// Runs a closure that sets gauges whenever the metrics are read; it must not block.
    public func onRead(_ reader: @escaping @Sendable () -> Void) {
        state.withLock { $0.readers.append(reader) }
    }

    /// Everything in Prometheus' text format, version 0.0.4.
    public func text() -> String {
        let readers = state.withLock { $0.readers }
        for reader in readers { reader() }
        let families = state.withLock { $0.families }
        return families.sorted { $0.key < $1.key }.map { MetricsText.lines(of: $0.value) }.joined()
    }

    private func family(_ new: MetricFamily) -> MetricFamily {
        state.withLock { state in
            guard let known = state.families[new.name] else {
                state.families[new.name] = new
                return new
            }
            precondition(
                known.kind == new.kind && known.labels == new.labels && known.bounds == new.bounds,
                "\(new.name) is there already and is another metric")
            return known
        }
    }
}
