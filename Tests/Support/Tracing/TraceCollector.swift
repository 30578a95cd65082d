import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// A collector of traces: a real server that takes OTLP over HTTP in JSON, or refuses it as the test says.
public final class TraceCollector: Sendable {
    private struct State {
        var requests: [HTTPRequest] = []
        var taken: [HTTPRequest] = []
        var answer: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
            HTTPResponse(.ok, headers: ["Content-Type": "application/json"], body: .bytes(Array("{}".utf8)))
        }
    }

    private final class Book: Sendable {
        let state = Mutex(State())
    }

    private let book = Book()
    private let server: HTTPServer

    /// Starts it, on any port unless one is given.
    public init(port: Int = 0) throws {
        var routes = Routes()
        routes.on(.post, "/v1/traces", body: .collected(limit: 16 << 20)) { [book] request in
            let answer = book.state.withLock { state in
                state.requests.append(request)
                return state.answer
            }
            let response = await answer(request)
            if response.status.isSuccess { book.state.withLock { $0.taken.append(request) } }
            return response
        }
        server = HTTPServer(
            configuration: HTTPServerConfiguration(name: "collector", address: "127.0.0.1", port: port), routes: routes)
        try server.start()
    }

    /// What the setting `OTEL_EXPORTER_OTLP_ENDPOINT` is for it.
    public var url: String { "http://127.0.0.1:\(server.port)" }

    /// Answers every later request so.
    public func answer(_ answer: @escaping @Sendable (HTTPRequest) async -> HTTPResponse) {
        book.state.withLock { $0.answer = answer }
    }

    /// Everything that came.
    public var requests: [HTTPRequest] { book.state.withLock { $0.requests } }

    /// The steps that were taken.
    public var spans: [CollectedSpan] {
        let taken = book.state.withLock { $0.taken }
        // What is no JSON holds no step, and the test misses it.
        return taken.flatMap { CollectedSpan.all(in: (try? JSON.parse($0.body)) ?? .null) }
    }

    /// All bodies as text, to look for what must not stand there.
    public var text: String {
        requests.map { String(decoding: $0.body, as: UTF8.self) }.joined(separator: "\n")
    }

    /// Ends it.
    public func stop() async {
        await server.stop(deadline: .seconds(1))
    }
}
