import HTTPServer
import HTTPTypes
import Testing

@Suite struct HTTPServerAuthorizationTests {
    private static let admin = AccessScope(rawValue: "admin")
    private static let other = AccessScope(rawValue: "other")

    private static let routes: Routes = {
        var routes = Routes { (head, scopes) throws(Problem) in
            guard let token = head.headers["Authorization"] else {
                throw Problem(.unauthorized, "A token is needed.", headers: ["WWW-Authenticate": "Bearer"])
            }
            guard scopes.contains(where: { token == "Bearer \($0)" }) else { throw Problem(.forbidden) }
        }
        routes.on(.post, "/guarded", scopes: [admin, other], body: .collected(limit: 1 << 30)) { _ in .text("in") }
        routes.on(.put, "/guarded", scopes: [admin], body: .streamed()) { _ in .text("in") }
        routes.on(
            .post, "/checked", body: .collected(limit: 1 << 30),
            check: { (head) throws(Problem) in
                if head.headers["X-Pass"] == nil { throw Problem(.unauthorized) }
            }
        ) { _ in .text("in") }
        routes.on(.get, "/open") { _ in .text("open") }
        return routes
    }()

    @Test(
        "refuses before any byte of the body has come",
        arguments: [("POST", "/guarded"), ("PUT", "/guarded"), ("POST", "/checked")])
    func refusesBeforeBody(method: String, path: String) async throws {
        try await RunningServer.serving(Self.routes) { server in
            try await server.client { client in
                try client.send("\(method) \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
                let answer = try client.response()
                #expect(answer.status == 401)
                #expect(client.isClosedByServer())
            }
        }
    }

    @Test("never asks for a body that it refuses")
    func sendsNoContinue() async throws {
        try await RunningServer.serving(Self.routes) { server in
            try await server.client { client in
                try client.send(
                    "POST /guarded HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
                let bytes = String(decoding: try client.rest(), as: UTF8.self)
                #expect(bytes.hasPrefix("HTTP/1.1 401 Unauthorized\r\n"))
                #expect(!bytes.contains("100 Continue"))
                #expect(bytes.contains("WWW-Authenticate: Bearer\r\n"))
            }
        }
    }

    @Test(
        "lets any of a route's scopes in, and tells an unknown caller from a wrong one",
        arguments: [("Bearer admin", 200), ("Bearer other", 200), ("Bearer third", 403), (nil, 401)] as [(String?, Int)]
    )
    func checksScopes(token: String?, status: Int) async throws {
        let answer = try await RunningServer.serving(Self.routes) { server in
            try await server.client {
                try $0.request("POST", "/guarded", headers: token.map { ["Authorization: \($0)"] } ?? [], body: [1])
            }
        }
        #expect(answer.status == status)
    }

    @Test("asks nobody for a route without scopes")
    func servesOpenRoutes() async throws {
        let answer = try await RunningServer.serving(Self.routes) { server in
            try await server.client { try $0.request("GET", "/open") }
        }
        #expect(answer.text == "open")
    }
}
