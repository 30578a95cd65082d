import HTTPTypes
import JSON
import Testing

@testable import HTTPServer

@Suite struct HTTPServerRoutingTests {
    private static let routes: Routes = {
        var routes = Routes()
        routes.on(.get, "/passes/{type}/{serial}") { request in
            .text("\(request.parameters["type"] ?? "-")|\(request.parameters["serial"] ?? "-")")
        }
        routes.on(.get, "/items/{id}") { request in .text("item \(request.parameters["id"] ?? "-")") }
        routes.on(.get, "/items/special") { _ in .text("special") }
        routes.on(.delete, "/items/{id}") { _ in HTTPResponse(.noContent) }
        routes.on(.get, "/images/{sha256}.png") { request in .text(request.parameters["sha256"] ?? "-") }
        routes.on(.get, "/query") { request in .text(request.query.first("q") ?? "nothing") }
        routes.on(.get, "/both") { _ in .text("from GET") }
        routes.on(.head, "/both") { _ in HTTPResponse(headers: ["X-From": "HEAD", "Content-Length": "4711"]) }
        routes.on(.get, "/number/{n}") { request in
            .text("\(try request.parameter("n", as: Number.self).value + 1)")
        }
        return routes
    }()

    private struct Number: PathParameter {
        let value: Int
        init?(pathSegment: String) {
            guard let value = Int(pathSegment) else { return nil }
            self.value = value
        }
        var pathSegment: String { String(value) }
    }

    private func answer(_ method: String, _ target: String, _ headers: [String] = []) async throws -> RawClient.Response
    {
        try await RunningServer.serving(Self.routes) { server in
            try await server.client { try $0.request(method, target, headers: headers) }
        }
    }

    @Test(
        "splits a path at its literal slashes before it decodes each segment",
        arguments: [
            ("/passes/pass.com.example/a%2Fb", "pass.com.example|a/b"),
            ("/passes/x/%C3%A4%20%25", "x|ä %"),
            ("/passes/x/a+b", "x|a+b"),
            ("/images/abc.png", "abc"),
            ("/items/special", "special"),
            ("/items/speciall", "item speciall"),
            ("/items/%73pecial", "special"),
            ("/query?q=a%2Fb+c%26d&q=second", "a/b c&d"),
            ("/query?q=100%", "100%"),
            ("/query", "nothing"),
            ("http://any.example/items/7", "item 7"),
        ])
    func decodesPaths(target: String, expected: String) async throws {
        let answer = try await answer("GET", target)
        #expect(answer.status == 200)
        #expect(answer.text == expected)
    }

    @Test(
        "refuses a path that is not percent-encoded UTF-8",
        arguments: [
            "/items/%", "/items/%4", "/items/%zz", "/items/%FF", "/items/%C3", "/items/a%00b", "/items/%ED%A0%80",
        ])
    func refusesBadPaths(target: String) async throws {
        let answer = try await answer("GET", target)
        #expect(answer.status == 400)
        #expect(answer["Content-Type"] == "application/problem+json")
    }

    @Test(
        "answers 404 for a path that no template fits",
        arguments: [
            "/", "/nothing", "/items", "/items/", "/items/1/", "/items//", "/images/.png", "/ITEMS/1", "/number/x",
        ])
    func answersNotFound(target: String) async throws {
        let answer = try await answer("GET", target)
        #expect(answer.status == 404)
        let problem = try JSON.parse(answer.body)
        #expect(problem["status"]?.intValue == 404)
        #expect(problem["title"]?.stringValue == "Not Found")
        #expect(problem["requestId"]?.stringValue == answer["X-Request-Id"])
    }

    @Test("answers 405 with the allowed methods for a known path and another method")
    func answersNotAllowed() async throws {
        let answer = try await answer("PUT", "/items/1")
        #expect(answer.status == 405)
        #expect(answer["Allow"] == "DELETE, GET, HEAD")
    }

    @Test("prefers a route for HEAD, which may name the length that GET would have")
    func prefersHeadRoute() async throws {
        let answer = try await answer("HEAD", "/both")
        #expect(answer.status == 200)
        #expect(answer["X-From"] == "HEAD")
        #expect(answer.headers.filter { $0.name == "Content-Length" }.map(\.value) == ["4711"])
    }

    @Test("sends a problem as a page to a browser when it is told to, and as JSON to everyone else")
    func rendersPages() async throws {
        let browser = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        try await RunningServer.serving(Self.routes, HTTPServerConfiguration(htmlProblems: true)) { server in
            let page = try await server.client { try $0.request("GET", "/<script>", headers: [browser]) }
            #expect(page.status == 404)
            #expect(page["Content-Type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("<h1>Not Found</h1>"))
            #expect(page.text.contains(page["X-Request-Id"] ?? "missing"))
            #expect(!page.text.contains("<script"))
            #expect(page["Content-Security-Policy"]?.hasPrefix("default-src 'none'; style-src 'sha256-") == true)
            for accept in ["*/*", "application/json", "text/html;q=0.5, application/json"] {
                let answer = try await server.client { try $0.request("GET", "/x", headers: ["Accept: \(accept)"]) }
                #expect(answer["Content-Type"] == "application/problem+json")
            }
        }
        let plain = try await answer("GET", "/x", [browser])
        #expect(plain["Content-Type"] == "application/problem+json")
    }

    @Test("allows the style of its pages by the hash that openssl computes")
    func allowsItsStyle() async throws {
        let page = try await RunningServer.serving(Self.routes, HTTPServerConfiguration(htmlProblems: true)) { server in
            try await server.client { try $0.request("GET", "/x", headers: ["Accept: text/html"]) }
        }
        let style = try #require(page.text.split(separator: "<style>").last?.split(separator: "</style>").first)
        let digest = try await Shell.run(
            "printf %s \"$STYLE\" | openssl dgst -sha256 -binary | base64", ["STYLE": "\(style)"])
        #expect(page["Content-Security-Policy"]?.contains("'sha256-\(digest)'") == true)
    }

    @Test("sends nosniff and a request id with every answer", arguments: ["/items/1", "/nothing", "/items/%"])
    func sendsCommonHeaders(target: String) async throws {
        let answer = try await answer("GET", target)
        #expect(answer["X-Content-Type-Options"] == "nosniff")
        #expect(answer["X-Request-Id"]?.utf8.count == 32)
    }

    @Test("gives no two requests the same id")
    func givesDistinctIDs() async throws {
        let ids = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<4 { group.addTask { (0..<25_000).map { _ in RequestID.make() } } }
            return try await group.reduce(into: Set<String>()) { $0.formUnion($1) }
        }
        #expect(ids.count == 100_000)
        #expect(ids.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{32}/) != nil })
    }

    @Test(
        "keeps a request's own id of 1 to 64 allowed characters",
        arguments: ["a", "A-b_c.9", String(repeating: "x", count: 64)])
    func keepsRequestID(id: String) async throws {
        #expect(try await answer("GET", "/nothing", ["X-Request-Id: \(id)"])["X-Request-Id"] == id)
    }

    @Test(
        "gives a new id in place of one that is not allowed",
        arguments: ["", "a b", "ä", "a/b", String(repeating: "x", count: 65)])
    func replacesRequestID(id: String) async throws {
        let given = try await answer("GET", "/items/1", ["X-Request-Id: \(id)"])["X-Request-Id"]
        #expect(given != id)
        #expect(given?.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } == true)
    }

    @Test(
        "refuses a header that two servers could read differently",
        arguments: [
            (["Content-Length: 3", "Content-Length: 4"], 400),
            (["Content-Length: 3", "Transfer-Encoding: chunked"], 400),
            (["Content-Length: 3, 3"], 400), (["Content-Length: +3"], 400), (["Transfer-Encoding: gzip"], 501),
        ])
    func refusesAmbiguousLength(headers: [String], status: Int) async throws {
        let answer = try await RunningServer.serving(Self.routes) { server in
            try await server.client { client in
                try client.send("POST /items/1 HTTP/1.1\r\nHost: a\r\n\(headers.joined(separator: "\r\n"))\r\n\r\nabc")
                return try client.response()
            }
        }
        #expect(answer.status == status)
        #expect(answer["Connection"] == "close")
    }

    @Test("wants one Host in HTTP/1.1")
    func wantsHost() async throws {
        let answer = try await RunningServer.serving(Self.routes) { server in
            try await server.client { client in
                try client.send("GET /items/1 HTTP/1.1\r\n\r\n")
                return try client.response()
            }
        }
        #expect(answer.status == 400)
    }
}
