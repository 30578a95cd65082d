import HTTPTypes
import Testing
import Tracing

/// Vectors of the W3C specification and of its test suite (w3c/trace-context, `test/test.py`).
@Suite("Trace contexts")
struct TraceContextTests {
    private static let trace = "12345678901234567890123456789012"
    private static let parent = "1234567890123456"

    @Test("reads the specification's examples, sampled and not")
    func examples() throws {
        let sampled = try #require(
            TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        #expect("\(sampled.traceID)" == "4bf92f3577b34da6a3ce929d0e0e4736" && "\(sampled.spanID)" == "00f067aa0ba902b7")
        #expect(sampled.isSampled)
        let other = try #require(
            TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"))
        #expect(!other.isSampled)
    }

    @Test(
        "writes version 00 with the flag that it knows",
        arguments: [
            ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "01"),
            ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff", "01"),
            ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe", "00"),
            ("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-later", "01"),
        ])
    func writing(_ given: String, _ flags: String) {
        #expect(
            TraceContext(traceparent: given)?.traceparent
                == "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-\(flags)")
    }

    @Test(
        "tolerates versions to come",
        arguments: [
            "cc-\(trace)-\(parent)-01", "cc-\(trace)-\(parent)-01-what-the-future-will-be-like",
            "01-\(trace)-\(parent)-01-", "fe-\(trace)-\(parent)-00",
        ])
    func laterVersions(_ text: String) {
        #expect(TraceContext(traceparent: text) != nil)
    }

    @Test(
        "ignores what is malformed",
        arguments: [
            "", "00", "00-\(trace)-\(parent)-01.", "00-\(trace)-\(parent)-01-what-the-future-will-be-like",
            "cc-\(trace)-\(parent)-01.what-the-future-will-be-like", "ff-\(trace)-\(parent)-01",
            "ff-\(trace)-\(parent)-01-later", ".0-\(trace)-\(parent)-01", "0.-\(trace)-\(parent)-01",
            "000-\(trace)-\(parent)-01", "0000-\(trace)-\(parent)-01", "0-\(trace)-\(parent)-01",
            "00-00000000000000000000000000000000-\(parent)-01", "00-.2345678901234567890123456789012-\(parent)-01",
            "00-1234567890123456789012345678901.-\(parent)-01", "00-\(trace)3-\(parent)-01",
            "00-1234567890123456789012345678901-\(parent)-01", "00-\(trace)-0000000000000000-01",
            "00-\(trace)-.234567890123456-01", "00-\(trace)-123456789012345.-01", "00-\(trace)-12345678901234567-01",
            "00-\(trace)-123456789012345-01", "00-\(trace)-\(parent)-.0", "00-\(trace)-\(parent)-0.",
            "00-\(trace)-\(parent)-001", "00-\(trace)-\(parent)-1", "00-4BF92F3577B34DA6A3CE929D0E0E4736-\(parent)-01",
            "00-\(trace)-00F067AA0BA902B7-01", "00_\(trace)_\(parent)_01", "00-\(trace)-\(parent)",
        ])
    func malformed(_ text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test("ignores a request that names two parents, and finds one in whatever case its field is written")
    func headers() {
        var headers: HTTPHeaders = ["TraceParent": "00-\(Self.trace)-\(Self.parent)-01"]
        #expect(TraceContext(headers) != nil)
        headers.add("traceparent", "00-\(Self.trace)-\(Self.parent)-00")
        #expect(TraceContext(headers) == nil)
        #expect(TraceContext([:]) == nil)
    }

    private static func state(_ parts: String...) -> String? {
        TraceContext(traceparent: "00-\(trace)-\(parent)-01", tracestate: parts)?.state
    }

    @Test(
        "passes the state on as it came",
        arguments: [
            "congo=t61rcWkgMzE", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", "foo=1 \t , \t bar=2", "foo=1,",
            "foo=1,,,bar=2", "fw529a3039@dt=FfffffCPPp0", "_-*/=1".replacing("_-*/", with: "a_-*/"),
            "0a=!\"#$%&'()*+-./",
        ])
    func soundState(_ text: String) {
        #expect(Self.state(text) == text)
    }

    @Test("joins the parts of a state in their order")
    func joinedState() {
        #expect(Self.state("foo=1,bar=2", "rojo=1", "congo=2") == "foo=1,bar=2,rojo=1,congo=2")
    }

    @Test(
        "ignores a state that is malformed, and keeps the trace",
        arguments: [
            "", ",", "foo", "foo=", "foo=1,bar", "foo =1", "FOO=1", "foo.bar=1", "@foo=1,bar=2", "foo=bar=baz",
            "foo=,bar=3", "foo=1,foo=2", "foo=\u{7F}", "föö=1",
            (1...33).map { "bar\($0)=\($0)" }.joined(separator: ","),
        ])
    func malformedState(_ text: String) {
        let context = TraceContext(traceparent: "00-\(Self.trace)-\(Self.parent)-01", tracestate: [text])
        #expect(context != nil && context?.state == nil)
    }

    @Test("takes 32 members, and shortens what is longer than 512 bytes: long members first, then the last ones")
    func limits() {
        let many = (1...32).map { "bar\($0)=\($0)" }.joined(separator: ",")
        #expect(Self.state(many) == many)
        let full = "a=" + String(repeating: "x", count: 255) + ",b=" + String(repeating: "x", count: 252)
        #expect(full.utf8.count == 512 && Self.state(full) == full)
        let long = "a=" + String(repeating: "x", count: 200)
        let short = (1...5).map { "s\($0)=" + String(repeating: "y", count: 97) }
        #expect(
            Self.state(([long] + short).joined(separator: ",")) == short.joined(separator: ",").prefix(504).description)
        let six = (1...6).map { "s\($0)=" + String(repeating: "y", count: 97) }
        #expect(Self.state(six.joined(separator: ",")) == six.prefix(5).joined(separator: ","))
    }
}
