import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// A server of links and passes that answers as a test says, soundly or not, and remembers what it was asked.
final class PhoneTestServer: Sendable {
    /// What it answers.
    struct Answers: Sendable {
        var link = HTTPResponse(.notFound)
        var registration = HTTPResponse(.created)
        var unregistration = HTTPResponse(.ok)
        var changes = HTTPResponse(.noContent)
        var pass = HTTPResponse(.notFound)
        var personalization = HTTPResponse(.notFound)
        /// How many requests are refused first, with 503.
        var refusals = 0
    }

    /// A request as it came.
    struct Request: Sendable {
        let line: String
        let query: QueryItems
        let headers: HTTPHeaders
        let body: [UInt8]
    }

    private struct State {
        var answers = Answers()
        var requests: [Request] = []
        var server: HTTPServer?
    }

    private let state = Mutex(State())

    /// The requests in their order, as `GET /path`.
    var lines: [String] { requests.map(\.line) }

    /// The requests in their order.
    var requests: [Request] { state.withLock { $0.requests } }

    /// The lines that the phone sent to the log endpoint, without their time.
    var log: [String] {
        requests.filter { $0.line == "POST /v1/log" }.flatMap { request -> [String] in
            let body = try? JSON.parse(request.body)  // No JSON is no line.
            return body?["logs"]?.arrayValue?.compactMap(\.stringValue) ?? []
        }.map { line in String(line.drop { $0 != "]" }.dropFirst(2)) }
    }

    /// Changes what is answered from now on.
    func answer(_ change: (inout Answers) -> Void) {
        state.withLock { change(&$0.answers) }
    }

    /// The base URL, once started.
    var url: String { "http://127.0.0.1:\(state.withLock { $0.server?.port ?? 0 })" }

    /// Begins to answer.
    func start() throws {
        var routes = Routes()
        add(.get, "/link", to: &routes, \.link)
        let registration: PathTemplate = "/v1/devices/{device}/registrations/{type}/{serial}"
        add(.post, registration, to: &routes, \.registration)
        add(.delete, registration, to: &routes, \.unregistration)
        add(.get, "/v1/devices/{device}/registrations/{type}", to: &routes, \.changes)
        add(.get, "/v1/passes/{type}/{serial}", to: &routes, \.pass)
        add(.post, "/v1/passes/{type}/{serial}/personalize", to: &routes, \.personalization)
        routes.on(.post, "/v1/log", body: .collected(limit: 1 << 20)) { [self] request in
            record(request)
            return HTTPResponse(.ok)
        }
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(name: "phone", address: "127.0.0.1"), routes: routes)
        try server.start()
        state.withLock { $0.server = server }
    }

    /// Stops answering.
    func stop() async {
        await state.withLock { $0.server }?.stop(deadline: .seconds(1))
    }

    private func add(
        _ method: HTTPMethod, _ template: PathTemplate, to routes: inout Routes,
        _ answer: any KeyPath<Answers, HTTPResponse> & Sendable
    ) {
        routes.on(method, template, body: .collected(limit: 1 << 20)) { [self] request in
            record(request)
            return state.withLock { state in
                guard state.answers.refusals > 0 else { return state.answers[keyPath: answer] }
                state.answers.refusals -= 1
                return HTTPResponse(.serviceUnavailable)
            }
        }
    }

    private func record(_ request: HTTPRequest) {
        let line = "\(request.method.rawValue) \(request.path)"
        state.withLock {
            $0.requests.append(
                Request(line: line, query: request.query, headers: request.headers, body: request.body))
        }
    }
}
