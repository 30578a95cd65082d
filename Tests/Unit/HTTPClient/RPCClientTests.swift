import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Testing

@Suite("RPC client")
struct RPCClientTests {
    struct Question: Codable, Sendable { var text: String }
    struct Answer: Codable, Sendable, Equatable { var text: String }

    private static let ask = Endpoint<Question, Answer>(.post, "/rpc/v1/questions/{id}", successStatus: .accepted)
    private static let read = Endpoint<NoBody, Answer>(.get, "/rpc/v1/questions/{id}")
    private static let forget = Endpoint<NoBody, NoBody>(.delete, "/rpc/v1/questions/{id}", successStatus: .noContent)

    private static func rpc(_ server: RunningServer, token: String? = nil) -> RPCClient {
        RPCClient(client: HTTPClient(), baseURL: server.url + "/", token: token)
    }

    @Test("sends path, query, token, ids and body, and reads the answer")
    func call() async throws {
        var routes = Routes()
        routes.serve(Self.ask) { request, question in
            let parts = [
                request.parameters["id"], request.query.first("of"), request.headers["Authorization"],
                request.requestID, question.text,
            ]
            return Answer(text: parts.map { $0 ?? "-" }.joined(separator: "|"))
        }
        try await RunningServer.serving(routes) { server in
            let answer = try await Self.rpc(server, token: "t0ken").call(
                Self.ask, parameters: ["id": "a/ü b"], query: [("of", "1 & 2")], body: Question(text: "why"),
                requestID: "r-1")
            #expect(answer.text == "a/ü b|1 & 2|Bearer t0ken|r-1|why")
        }
    }

    @Test("takes an answer without a body where none is promised")
    func noBody() async throws {
        var routes = Routes()
        routes.serve(Self.forget) { _, _ in NoBody() }
        try await RunningServer.serving(routes) { server in
            _ = try await Self.rpc(server).call(Self.forget, parameters: ["id": "1"])
        }
    }

    @Test("gives a problem as the service told it, with its Retry-After")
    func problem() async throws {
        var routes = Routes()
        routes.serve(Self.read) { _, _ -> Answer in
            throw Problem(.serviceUnavailable, "Not now.").retryAfter(seconds: 7)
        }
        try await RunningServer.serving(routes) { server in
            let error = await #expect(throws: RPCError.self) {
                try await Self.rpc(server).call(Self.read, parameters: ["id": "1"])
            }
            guard case .problem(let problem) = error else {
                Issue.record("\(error as Any)")
                return
            }
            #expect(problem.httpStatus == .serviceUnavailable && problem.detail == "Not now.")
            #expect(problem.headers["Retry-After"] == "7" && problem.requestId != nil)
        }
    }

    @Test("makes a problem of an error that tells none")
    func bareError() async throws {
        var routes = Routes()
        routes.on(.get, "/rpc/v1/questions/{id}") { _ in .html("<p>Bad gateway", status: .badGateway) }
        try await RunningServer.serving(routes) { server in
            let error = await #expect(throws: RPCError.self) {
                try await Self.rpc(server).call(Self.read, parameters: ["id": "1"])
            }
            guard case .problem(let problem) = error else {
                Issue.record("\(error as Any)")
                return
            }
            #expect(problem.status == 502 && problem.detail == nil)
        }
    }

    @Test("refuses an answer of another shape")
    func malformed() async throws {
        var routes = Routes()
        routes.on(.get, "/rpc/v1/questions/{id}") { _ in try .json(["words": 1]) }
        try await RunningServer.serving(routes) { server in
            let error = await #expect(throws: RPCError.self) {
                try await Self.rpc(server).call(Self.read, parameters: ["id": "1"])
            }
            guard case .malformedResponse(.ok) = error else {
                Issue.record("\(error as Any)")
                return
            }
        }
    }

    @Test("tells that nobody answers")
    func unreachable() async throws {
        let rpc = RPCClient(client: HTTPClient(), baseURL: "http://127.0.0.1:1", token: nil)
        let error = await #expect(throws: RPCError.self) { try await rpc.call(Self.read, parameters: ["id": "1"]) }
        guard case .unreachable(.connectFailed) = error else {
            Issue.record("\(error as Any)")
            return
        }
    }

    @Test("sends no call that lacks a place of its path")
    func missingParameter() async throws {
        let rpc = RPCClient(client: HTTPClient(), baseURL: "http://127.0.0.1:1", token: nil)
        let error = await #expect(throws: RPCError.self) { try await rpc.call(Self.read) }
        guard case .invalidCall = error else {
            Issue.record("\(error as Any)")
            return
        }
    }
}
