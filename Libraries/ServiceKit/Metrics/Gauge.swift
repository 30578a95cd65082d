/// A number that grows and shrinks.
public struct Gauge: Sendable {
    let family: MetricFamily

    /// Sets the sample of these label values.
    public func set(_ value: Double, _ labels: String...) {
        family.set(value, labels)
    }

    /// Adds to the sample of these label values.
    public func add(_ amount: Double, _ labels: String...) {
        family.add(amount, labels)
    }

    /// Takes the sample of these label values away, for what they name is gone.
    public func remove(_ labels: String...) {
        family.remove(labels)
    }
}
