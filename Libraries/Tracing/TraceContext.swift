import HTTPTypes

/// A place in a trace, as it travels between services (W3C Trace Context).
public struct TraceContext: Sendable, Hashable {
    /// The trace.
    public let traceID: TraceID
    /// The step of it that calls, or that is at work.
    public let spanID: SpanID
    /// Whether the trace is recorded.
    public let isSampled: Bool
    /// What tracing systems on the way have added, passed on as it came; nil when there is nothing.
    public let state: String?

    /// The context of a request; nil when it has none, or one that must be ignored.
    public init?(_ headers: HTTPHeaders) {
        guard headers["traceparent"] != nil else { return nil }
        let parents = headers.values(for: "traceparent")
        guard parents.count == 1 else { return nil }
        self.init(traceparent: parents[0], tracestate: headers.values(for: "tracestate"))
    }

    /// Reads the fields `traceparent` (§3.2) and `tracestate` (§3.3), the latter in one or several parts.
    public init?(traceparent: String, tracestate: [String] = []) {
        let bytes = Array(traceparent.utf8)
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = HexDigits.number(bytes[..<2]), version != 0xff,
            // Later versions may have more to say, behind another dash.
            bytes.count == 55 || (version > 0 && bytes[55] == dash),
            let traceID = TraceID(bytes[3..<35]), let spanID = SpanID(bytes[36..<52]),
            let flags = HexDigits.number(bytes[53..<55])
        else { return nil }
        self.init(
            traceID: traceID, spanID: spanID, isSampled: flags & 1 == 1, state: TraceState.sound(tracestate))
    }

    private init(traceID: TraceID, spanID: SpanID, isSampled: Bool, state: String?) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
    }

    /// The beginning of a new trace.
    static func root(_ traceID: TraceID, isSampled: Bool) -> TraceContext {
        TraceContext(traceID: traceID, spanID: .random(), isSampled: isSampled, state: nil)
    }

    /// A step below this one.
    var child: TraceContext {
        TraceContext(traceID: traceID, spanID: .random(), isSampled: isSampled, state: state)
    }

    /// The field `traceparent`, in version 00.
    public var traceparent: String {
        "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")"
    }

    /// Puts both fields into a header.
    public func write(to headers: inout HTTPHeaders) {
        headers["traceparent"] = traceparent
        headers["tracestate"] = state
    }
}
