import Synchronization

/// One metric with all its label values.
final class MetricFamily: Sendable {
    enum Kind: String, Sendable { case counter, gauge, histogram }

    struct Sample {
        var value = 0.0
        /// How many observations fell into each bucket, the one above the last bound included.
        var counts: [Int] = []
    }

    let name: String
    let help: String
    let kind: Kind
    let labels: [String]
    let bounds: [Double]
    private let samples: Mutex<[[String]: Sample]>

    init(_ kind: Kind, _ name: String, help: String, labels: [String], bounds: [Double] = []) {
        precondition(Self.isName(name, allowsColon: true), "\(name) is no name of a metric")
        precondition(labels.allSatisfy { Self.isName($0, allowsColon: false) && $0 != "le" }, "labels of \(name)")
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy(<), "the bounds of \(name) must rise")
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        self.bounds = bounds
        // A metric without labels is there from the beginning, so that its rate can be seen from the first change on.
        samples = Mutex(labels.isEmpty ? [[]: Sample(counts: [Int](repeating: 0, count: bounds.count + 1))] : [:])
    }

    func add(_ amount: Double, _ values: [String]) {
        update(values) { $0.value += amount }
    }

    func set(_ value: Double, _ values: [String]) {
        update(values) { $0.value = value }
    }

    func observe(_ value: Double, _ values: [String]) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        update(values) { sample in
            sample.value += value
            sample.counts[bucket] += 1
        }
    }

    func remove(_ values: [String]) {
        samples.withLock { _ = $0.removeValue(forKey: values) }
    }

    /// All samples in the order of their label values.
    var snapshot: [(values: [String], sample: Sample)] {
        samples.withLock { $0 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
    }

    private func update(_ values: [String], _ change: (inout Sample) -> Void) {
        precondition(values.count == labels.count, "\(name) has the labels \(labels)")
        samples.withLock { samples in
            change(&samples[values, default: Sample(counts: [Int](repeating: 0, count: bounds.count + 1))])
        }
    }

    private static func isName(_ text: String, allowsColon: Bool) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
            case 0x3A: allowsColon
            default: false
            }
        }
    }
}
