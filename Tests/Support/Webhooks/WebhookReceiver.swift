import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// A customer's system: a real server that takes events as a receiver of webhooks does, or refuses them as the test says.
public final class WebhookReceiver: Sendable {
    /// One request as it came.
    public struct Request: Sendable {
        /// The path.
        public let path: String
        /// The header fields.
        public let headers: HTTPHeaders
        /// The body as it came.
        public let body: [UInt8]

        /// The body as JSON.
        public var json: JSONValue { (try? JSON.parse(body)) ?? .null }
        /// What happened.
        public var type: String { json["type"]?.stringValue ?? "" }
        /// The pass.
        public var serialNumber: String { json["data"]?["serialNumber"]?.stringValue ?? "" }
        /// The event's id.
        public var id: String { headers["webhook-id"] ?? "" }
    }

    private struct State {
        var requests: [Request] = []
        var taken: [Request] = []
        var answer: @Sendable (Request) async -> HTTPResponse = { _ in HTTPResponse(.noContent) }
    }

    private final class Book: Sendable {
        let state = Mutex(State())
    }

    private let book = Book()
    private let server: HTTPServer

    /// Starts it.
    public init() throws {
        var routes = Routes()
        for path: PathTemplate in ["/hook", "/elsewhere"] {
            routes.on(.post, path, body: .collected(limit: 1 << 20)) { [book] request in
                let call = Request(
                    path: "/" + request.segments.joined(separator: "/"), headers: request.headers, body: request.body)
                let answer = book.state.withLock { state in
                    state.requests.append(call)
                    return state.answer
                }
                let response = await answer(call)
                if response.status.isSuccess { book.state.withLock { $0.taken.append(call) } }
                return response
            }
        }
        server = HTTPServer(
            configuration: HTTPServerConfiguration(name: "receiver", address: "127.0.0.1"), routes: routes)
        try server.start()
    }

    /// Where it takes events.
    public var url: String { "http://127.0.0.1:\(server.port)/hook" }

    /// The same place by a name that leads to the loopback interface.
    public var urlByName: String { "http://localhost:\(server.port)/hook" }

    /// Answers every later request so.
    public func answer(_ answer: @escaping @Sendable (Request) async -> HTTPResponse) {
        book.state.withLock { $0.answer = answer }
    }

    /// Everything that came.
    public var requests: [Request] { book.state.withLock { $0.requests } }

    /// What was answered with success, in the order of the answers.
    public var taken: [Request] { book.state.withLock { $0.taken } }

    /// Ends it.
    public func stop() async {
        await server.stop(deadline: .seconds(1))
    }
}
