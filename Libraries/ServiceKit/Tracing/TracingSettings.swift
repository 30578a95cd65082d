import Cryptography
import HTTPTypes

/// Where traces go, under the names that OpenTelemetry gives these settings; nil when they go nowhere.
struct TracingSettings: Sendable {
    /// What `/v1/traces` is added to.
    let endpoint: String
    /// Header fields of each call, a collector's key among them.
    let headers: Secret<[String: String]>
    /// The authorities that the collector is verified against, in PEM; the system's when nil.
    let certificateFile: String?
    /// How many of the traces that begin here are recorded, 0 to 1.
    let ratio: Double

    init?(_ settings: inout Settings) {
        let endpoint = settings.optionalURL(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            help: "A collector that is sent traces, over OTLP/HTTP with JSON, as http://collector:4318; "
                + "not set: no traces")
        headers =
            settings.optionalValue(
                "OTEL_EXPORTER_OTLP_HEADERS", isSecret: true,
                help: "Header fields for the collector, as name=value,name2=value2, values percent-encoded"
            ) { text throws(InvalidSetting) in
                Secret(try Self.fields(text))
            } ?? Secret([:])
        certificateFile = settings.optionalString(
            "OTEL_EXPORTER_OTLP_CERTIFICATE",
            help: "A PEM file with the authorities that the collector is verified against, instead of the system's")
        ratio = settings.number(
            "OTEL_TRACES_SAMPLER_ARG", default: 1,
            help: "How many of the traces that begin here are sent, 0 to 1; for others whoever began them decides")
        if ratio > 1 {
            settings.refuse("OTEL_TRACES_SAMPLER_ARG", "is more than 1", remedy: "give a number such as 0.05")
        }
        guard let endpoint else { return nil }
        self.endpoint = endpoint
    }

    /// The form of W3C Baggage, without its properties.
    private static func fields(_ text: String) throws(InvalidSetting) -> [String: String] {
        var fields: [String: String] = [:]
        for (index, item) in Settings.items(text).enumerated() {
            let name = item.prefix { $0 != "=" }.trimmingSpaces()
            let value = PercentEncoding.decodeSegment(
                item.dropFirst(item.prefix { $0 != "=" }.count + 1).trimmingSpaces())
            // Not quoted: a key may stand there.
            guard item.contains("="), !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let value else {
                throw InvalidSetting(
                    "holds something else than name=value at position \(index + 1)", remedy: "give api-key=secret")
            }
            fields[name] = value
        }
        return fields
    }
}
