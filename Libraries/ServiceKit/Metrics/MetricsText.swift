/// Writes Prometheus' text format 0.0.4.
enum MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func lines(of family: MetricFamily) -> String {
        var text = "# HELP \(family.name) \(escapedHelp(family.help))\n# TYPE \(family.name) \(family.kind.rawValue)\n"
        for (values, sample) in family.snapshot {
            let labels = Array(zip(family.labels, values))
            guard family.kind == .histogram else {
                text += line(family.name, labels, sample.value)
                continue
            }
            var count = 0
            for (bound, more) in zip(family.bounds + [.infinity], sample.counts) {
                count += more
                text += line(family.name + "_bucket", labels + [("le", number(bound))], Double(count))
            }
            text += line(family.name + "_sum", labels, sample.value)
            text += line(family.name + "_count", labels, Double(count))
        }
        return text
    }

    private static func line(_ name: String, _ labels: [(String, String)], _ value: Double) -> String {
        let list = labels.map { "\($0.0)=\"\(escapedLabel($0.1))\"" }.joined(separator: ",")
        return name + (list.isEmpty ? "" : "{\(list)}") + " \(number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        return "\(value)"
    }

    private static func escapedHelp(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private static func escapedLabel(_ text: String) -> String {
        escapedHelp(text).replacing("\"", with: "\\\"")
    }
}
