import Foundation
import HTTPTypes
import Testing
import Tracing

@testable import ServiceKit
@testable import Tracing

/// The expected texts were written by hand after opentelemetry-proto's `examples/trace.json` and the OTLP specification's JSON
/// mapping.
@Suite("OTLP in JSON")
struct OTLPTracesTests {
    private static let traces = OTLPTraces(service: "my.service", version: "1.0.0", instance: "627cc493f310")

    private static func span(
        state: [String] = [], parent: String? = "00-5b8efff798038103d269b633813fc60c-eee19b7ec3c1b173-01",
        kind: SpanKind = .server, attributes: [SpanAttribute] = [], failure: SpanFailure? = nil
    ) throws -> Span {
        Span(
            context: try #require(
                TraceContext(
                    traceparent: "00-5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174-01", tracestate: state)),
            parentID: parent.flatMap { TraceContext(traceparent: $0)?.spanID }, name: "I'm a span", kind: kind,
            start: Instant(seconds: 1_544_712_660), end: Instant(microseconds: 1_544_712_661_000_001),
            attributes: attributes, failure: failure)
    }

    private static func body(_ spans: String) -> String {
        #"""
        {"resourceSpans": [{
            "resource": {"attributes": [
                {"key": "service.instance.id", "value": {"stringValue": "627cc493f310"}},
                {"key": "service.name", "value": {"stringValue": "my.service"}},
                {"key": "service.namespace", "value": {"stringValue": "wallet"}},
                {"key": "service.version", "value": {"stringValue": "1.0.0"}}]},
            "scopeSpans": [{"scope": {"name": "wallet", "version": "1.0.0"}, "spans": [\#(spans)]}]}]}
        """#
    }

    private static func object(_ text: String) throws -> NSDictionary {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
    }

    private static func expect(_ spans: [Span], _ text: String) throws {
        let made = String(decoding: traces.body(spans), as: UTF8.self)
        #expect(try object(made) == object(body(text)), "\(made)")
    }

    @Test("identifiers are hexadecimal, times decimal text, the kind a number")
    func server() throws {
        try Self.expect(
            [Self.span(attributes: [.text("my.span.attr", "some value"), .number("http.response.status_code", 200)])],
            #"""
            {"traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174",
             "parentSpanId": "eee19b7ec3c1b173", "name": "I'm a span", "startTimeUnixNano": "1544712660000000000",
             "endTimeUnixNano": "1544712661000001000", "kind": 2, "attributes": [
                {"key": "my.span.attr", "value": {"stringValue": "some value"}},
                {"key": "http.response.status_code", "value": {"intValue": "200"}}]}
            """#)
    }

    @Test("a first step has no parent, and a failed one a status")
    func failure() throws {
        try Self.expect(
            [
                Self.span(
                    state: ["rojo=1,congo=2"], parent: nil, kind: .client,
                    failure: SpanFailure(type: "timeout", message: "no answer came in time"))
            ],
            #"""
            {"traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174", "traceState": "rojo=1,congo=2",
             "name": "I'm a span", "startTimeUnixNano": "1544712660000000000",
             "endTimeUnixNano": "1544712661000001000", "kind": 3,
             "attributes": [{"key": "error.type", "value": {"stringValue": "timeout"}}],
             "status": {"code": 2, "message": "no answer came in time"}}
            """#)
    }

    @Test(
        "knows how many spans a collector refused",
        arguments: [
            ("{}", 0), ("", 0), (#"{"partialSuccess":{}}"#, 0), (#"{"partialSuccess":{"rejectedSpans":"3"}}"#, 3),
            (#"{"partialSuccess":{"rejectedSpans":4,"errorMessage":"no"}}"#, 4),
        ])
    func refused(_ body: String, _ count: Int) {
        #expect(OTLPTraces.refused(in: Array(body.utf8)) == count)
    }
}
