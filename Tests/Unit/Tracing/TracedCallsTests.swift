import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Support
import Synchronization
import Testing

@testable import Tracing

/// Two servers, of which one asks the other while it answers.
@Suite("Traces across HTTP")
struct TracedCallsTests {
    private static let given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    private static let question = Endpoint<NoBody, [String]>(.get, "/rpc/v1/questions/{id}")

    private final class Told: Sendable {
        let spans = Mutex<[Span]>([])
        var all: [Span] { spans.withLock { $0 } }
    }

    /// What the second server was sent, how the first one answered, and what was told of it.
    private struct Outcome {
        var received: [String]
        var current: TraceContext?
        var told: [Span]
    }

    private static func ask(_ headers: HTTPHeaders, tracer: Tracer?, asStranger: Bool = false) async throws -> Outcome {
        let told = Told()
        let tracer = tracer ?? Tracer(ratio: 1) { span in told.spans.withLock { $0.append(span) } }
        let seen = Seen()
        var answering = Routes()
        answering.serve(question) { request, _ in
            ["traceparent", "tracestate"].compactMap { name in request.headers[name] }
        }
        let second = HTTPServer(configuration: HTTPServerConfiguration(address: "127.0.0.1"), routes: answering)
        try second.start()
        let url = "http://127.0.0.1:\(second.port)"
        var asking = Routes()
        let client = HTTPClient()
        asking.on(.get, "/things/{id}") { _ in
            seen.context.withLock { $0 = ActiveSpan.current?.context }
            if asStranger {
                let answer = try await client.send(HTTPClientRequest(url: url + "/rpc/v1/questions/secret-1"))
                return HTTPResponse(.ok, body: .bytes(answer.body))
            }
            return try .json(
                try await RPCClient(client: client, baseURL: url, token: "token").call(
                    question, parameters: ["id": "secret-1"]))
        }
        let first = HTTPServer(
            configuration: HTTPServerConfiguration(address: "127.0.0.1"), routes: asking, tracer: tracer)
        try first.start()
        let answer = try await client.send(
            HTTPClientRequest(url: "http://127.0.0.1:\(first.port)/things/secret-2", headers: headers))
        await first.stop(deadline: .seconds(1))
        await second.stop(deadline: .seconds(1))
        client.shutdown()
        return Outcome(
            received: try JSON.decode([String].self, from: answer.body), current: seen.context.withLock { $0 },
            told: told.all)
    }

    private final class Seen: Sendable {
        let context = Mutex<TraceContext?>(nil)
    }

    @Test("a call carries the step that it is, below the one that answers")
    func chain() async throws {
        let outcome = try await Self.ask(["traceparent": Self.given, "tracestate": "rojo=1"], tracer: nil)
        let server = try #require(outcome.current)
        let call = try #require(outcome.told.first)
        #expect(outcome.told.count == 1 && call.kind == .client && call.parentID == server.spanID)
        #expect("\(server.traceID)" == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(outcome.received == [call.context.traceparent, "rojo=1"])
        #expect(call.name == "GET /rpc/v1/questions/{id}")
    }

    @Test("what is told of a call has neither its path nor its token")
    func attributes() async throws {
        let call = try #require(try await Self.ask([:], tracer: nil).told.first)
        #expect(
            Set(call.attributes.map(\.name)) == [
                "http.request.method", "http.response.status_code", "server.address", "server.port", "url.template",
            ])
        #expect(!"\(call)".contains("secret") && !"\(call)".contains("token"))
    }

    @Test("a stranger is told nothing of the trace, and the call is told of all the same")
    func stranger() async throws {
        let outcome = try await Self.ask(["traceparent": Self.given], tracer: nil, asStranger: true)
        #expect(outcome.received.isEmpty)
        #expect(outcome.told.map(\.name) == ["GET"])
    }

    @Test("switched off, a call carries what the request came with, and nothing when that was malformed")
    func off() async throws {
        let sound = try await Self.ask(["traceparent": Self.given, "tracestate": "rojo=1"], tracer: .off)
        #expect(sound.received == [Self.given, "rojo=1"])
        let malformed = try await Self.ask(["traceparent": Self.given + "x", "tracestate": "rojo=1"], tracer: .off)
        #expect(malformed.received.isEmpty && malformed.current == nil)
        #expect(try await Self.ask([:], tracer: .off).received.isEmpty)
    }

    @Test("begins a new trace where the request's is malformed, without its state")
    func malformed() async throws {
        let outcome = try await Self.ask(
            ["traceparent": Self.given.replacing("00-", with: "ff-"), "tracestate": "rojo=1"], tracer: nil)
        #expect(outcome.received.count == 1 && outcome.told.count == 1)
        #expect(outcome.told[0].context.state == nil)
        #expect(!outcome.received[0].contains("4bf92f3577b34da6a3ce929d0e0e4736"))
    }

    @Test("an unsampled trace is passed on unsampled, and not told of")
    func unsampled() async throws {
        let given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
        let outcome = try await Self.ask(["traceparent": given], tracer: nil)
        #expect(outcome.told.isEmpty && outcome.received.count == 1)
        let received = try #require(outcome.received.first)
        #expect(received.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-") && received.hasSuffix("-00"))
    }

    @Test("a call without an answer is told of as failed")
    func noAnswer() async throws {
        let told = Told()
        let tracer = Tracer(ratio: 1) { span in told.spans.withLock { $0.append(span) } }
        let port = try FreePorts.take()
        await tracer.work("work") {
            await #expect(throws: HTTPClientError.connectFailed) {
                try await HTTPClient().send(HTTPClientRequest(url: "http://127.0.0.1:\(port)/"))
            }
        }
        let call = try #require(told.all.first)
        #expect(
            call.failure
                == SpanFailure(type: "HTTPClientError", message: "the server does not accept connections"))
    }
}
