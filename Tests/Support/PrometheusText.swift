import Foundation

/// A strict reader of Prometheus' text format 0.0.4, written after its specification and not after our writer.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
public struct PrometheusText: Sendable {
    /// One line with a value.
    public struct Sample: Sendable {
        /// The name in front of the labels.
        public let name: String
        /// The labels, unescaped.
        public let labels: [String: String]
        /// The value.
        public let value: Double
    }

    /// Why a text is refused.
    public struct Fault: Error, CustomStringConvertible {
        /// The line and its fault.
        public let description: String
    }

    /// The samples in their order.
    public private(set) var samples: [Sample] = []
    /// Each metric's type.
    public private(set) var types: [String: String] = [:]
    /// Each metric's help, unescaped.
    public private(set) var help: [String: String] = [:]

    private var finished: Set<String> = []
    private var current = ""
    private var seen: Set<String> = []

    /// Reads a whole answer.
    public init(_ text: String) throws {
        guard text.isEmpty || text.hasSuffix("\n") else { throw Fault(description: "the last line does not end") }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            try read(String(line))
        }
        try checkHistograms()
    }

    /// The value of the only sample with a name and labels.
    public func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        let found = samples.filter { $0.name == name && $0.labels == labels }
        return found.count == 1 ? found[0].value : nil
    }

    private mutating func read(_ line: String) throws {
        if let match = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\]|\\\\|\\n)*)/) {
            try begin(String(match.1), line)
            guard help[current] == nil else { throw Fault(description: "a second HELP: \(line)") }
            help[current] = Self.unescaped(match.2)
        } else if let match = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)/) {
            try begin(String(match.1), line)
            guard types[current] == nil else { throw Fault(description: "a second TYPE: \(line)") }
            types[current] = String(match.2)
        } else {
            try readSample(line)
        }
    }

    /// All lines of a metric stand together.
    private mutating func begin(_ name: String, _ line: String) throws {
        guard name != current else { return }
        guard finished.insert(name).inserted else { throw Fault(description: "not in one group: \(line)") }
        current = name
    }

    private mutating func readSample(_ line: String) throws {
        let pattern =
            /([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\\\|\\"|\\n)*",?)+)\})? ([^ ]+)/
        guard let match = line.wholeMatch(of: pattern) else { throw Fault(description: "no sample: \(line)") }
        guard let value = Self.number(String(match.3)) else { throw Fault(description: "no number: \(line)") }
        let name = String(match.1)
        let suffixes = types[current] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        guard suffixes.contains(where: { current + $0 == name }) else {
            throw Fault(description: "outside of its metric: \(line)")
        }
        var labels: [String: String] = [:]
        for label in (match.2 ?? "").matches(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\\\|\\"|\\n)*)"/) {
            guard labels.updateValue(Self.unescaped(label.2), forKey: String(label.1)) == nil else {
                throw Fault(description: "a label twice: \(line)")
            }
        }
        guard seen.insert("\(name) \(labels.sorted { $0.key < $1.key })").inserted else {
            throw Fault(description: "a sample twice: \(line)")
        }
        guard types[current] != "counter" || value >= 0 else { throw Fault(description: "a negative counter: \(line)") }
        samples.append(Sample(name: name, labels: labels, value: value))
    }

    /// Buckets grow, end with +Inf, and agree with the count.
    private func checkHistograms() throws {
        for (name, type) in types where type == "histogram" {
            let buckets = samples.filter { $0.name == name + "_bucket" }
            let groups = Dictionary(grouping: buckets) { $0.labels.filter { $0.key != "le" } }
            for (labels, group) in groups {
                let bounds = group.compactMap { $0.labels["le"].flatMap(Self.number) }
                let counts = group.map(\.value)
                guard bounds.count == group.count, bounds == bounds.sorted(), bounds.last == .infinity,
                    counts == counts.sorted(), counts.last == value(name + "_count", labels),
                    value(name + "_sum", labels) != nil
                else { throw Fault(description: "the histogram \(name) \(labels) contradicts itself") }
            }
        }
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: text.wholeMatch(of: /-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/) == nil ? nil : Double(text)
        }
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscape = false
        for character in text {
            if isEscape {
                result.append(character == "n" ? "\n" : character)
                isEscape = false
            } else if character == "\\" {
                isEscape = true
            } else {
                result.append(character)
            }
        }
        return result
    }
}
