import JSON

/// A step of a trace, as a collector was told of it.
public struct CollectedSpan: Sendable, Hashable {
    /// The service that told.
    public let service: String
    /// 32 hexadecimal digits.
    public let traceID: String
    /// 16 hexadecimal digits.
    public let spanID: String
    /// 16 hexadecimal digits; empty for the first step.
    public let parentID: String
    /// The name.
    public let name: String
    /// 1 internal, 2 server, 3 client, 5 consumer.
    public let kind: Int
    /// Begin and end in nanoseconds since 1970.
    public let times: [UInt64]
    /// Attributes, numbers as text.
    public let attributes: [String: String]
    /// 2 for a failure, 0 else.
    public let status: Int

    /// The steps in the body of a call (opentelemetry-proto, `ExportTraceServiceRequest`).
    static func all(in body: JSONValue) -> [CollectedSpan] {
        (body["resourceSpans"]?.arrayValue ?? []).flatMap { resourceSpans in
            let resource = attributes(of: resourceSpans["resource"])
            return (resourceSpans["scopeSpans"]?.arrayValue ?? []).flatMap { scopeSpans in
                (scopeSpans["spans"]?.arrayValue ?? []).map { span in
                    CollectedSpan(span, service: resource["service.name"] ?? "")
                }
            }
        }
    }

    private init(_ span: JSONValue, service: String) {
        self.service = service
        traceID = span["traceId"]?.stringValue ?? ""
        spanID = span["spanId"]?.stringValue ?? ""
        parentID = span["parentSpanId"]?.stringValue ?? ""
        name = span["name"]?.stringValue ?? ""
        kind = span["kind"]?.intValue ?? 0
        times = ["startTimeUnixNano", "endTimeUnixNano"].compactMap { span[$0]?.stringValue.flatMap(UInt64.init) }
        attributes = Self.attributes(of: span)
        status = span["status"]?["code"]?.intValue ?? 0
    }

    private static func attributes(of value: JSONValue?) -> [String: String] {
        var attributes: [String: String] = [:]
        for item in value?["attributes"]?.arrayValue ?? [] {
            let value = item["value"]
            attributes[item["key"]?.stringValue ?? ""] =
                value?["stringValue"]?.stringValue ?? value?["intValue"]?.stringValue
        }
        return attributes
    }
}
