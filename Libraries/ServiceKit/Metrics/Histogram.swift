/// How often values fell into each of a few ranges.
public struct Histogram: Sendable {
    /// Seconds from one millisecond to ten seconds.
    public static let durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    let family: MetricFamily

    /// Counts a value for these label values.
    public func observe(_ value: Double, _ labels: String...) {
        family.observe(value, labels)
    }

    /// Counts a duration in seconds for these label values.
    public func observe(_ duration: Duration, _ labels: String...) {
        family.observe(duration / .seconds(1), labels)
    }
}
