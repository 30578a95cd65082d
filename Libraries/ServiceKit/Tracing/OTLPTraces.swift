import JSON
import Tracing

/// Writes spans as OTLP has them in JSON (opentelemetry-proto, `ExportTraceServiceRequest`): identifiers in hexadecimal, times
/// as decimal text, enumerations as numbers.
struct OTLPTraces: Sendable {
    private let resource: JSONValue
    private let scope: JSONValue

    /// - Parameters:
    ///   - service: the service's name.
    ///   - instance: what tells this process from other replicas.
    init(service: String, version: String, instance: String) {
        let attributes = [
            SpanAttribute.text("service.instance.id", instance), .text("service.name", service),
            .text("service.namespace", "wallet"), .text("service.version", version),
        ]
        resource = ["attributes": .array(attributes.map(Self.json))]
        scope = ["name": "wallet", "version": .string(version)]
    }

    /// The body of a call.
    func body(_ spans: [Span]) -> [UInt8] {
        let scopeSpans: JSONValue = ["scope": scope, "spans": .array(spans.map(Self.json))]
        let request: JSONValue = ["resourceSpans": [["resource": resource, "scopeSpans": [scopeSpans]]]]
        return request.serialized()
    }

    /// How many spans a collector refused of a call that it took otherwise.
    static func refused(in body: [UInt8]) -> Int {
        // A body that is no JSON says nothing of that.
        let count = (try? JSON.parse(body))?["partialSuccess"]?["rejectedSpans"]
        return count?.intValue ?? count?.stringValue.flatMap(Int.init) ?? 0
    }

    private static func json(_ span: Span) -> JSONValue {
        var object: JSONObject = [
            "traceId": .string("\(span.context.traceID)"), "spanId": .string("\(span.context.spanID)"),
            "name": .string(span.name), "kind": .number(JSONNumber(span.kind.rawValue)),
            "startTimeUnixNano": .string("\(span.start.microseconds)000"),
            "endTimeUnixNano": .string("\(span.end.microseconds)000"),
        ]
        if let parentID = span.parentID { object["parentSpanId"] = .string("\(parentID)") }
        if let state = span.context.state { object["traceState"] = .string(state) }
        var attributes = span.attributes
        if let failure = span.failure {
            attributes.append(.text("error.type", failure.type))
            var status: JSONObject = ["code": 2]
            status["message"] = failure.message.map(JSONValue.string)
            object["status"] = .object(status)
        }
        if !attributes.isEmpty { object["attributes"] = .array(attributes.map(json)) }
        return .object(object)
    }

    private static func json(_ attribute: SpanAttribute) -> JSONValue {
        let value: JSONValue =
            switch attribute.value {
            case .text(let text): ["stringValue": .string(text)]
            case .number(let number): ["intValue": .string("\(number)")]
            }
        return ["key": .string(attribute.name), "value": value]
    }
}
