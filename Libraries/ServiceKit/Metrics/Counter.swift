/// A number that only grows.
public struct Counter: Sendable {
    let family: MetricFamily

    /// Adds to the sample of these label values.
    public func increment(by amount: Double = 1, _ labels: String...) {
        precondition(amount >= 0, "a counter only grows")
        family.add(amount, labels)
    }
}
