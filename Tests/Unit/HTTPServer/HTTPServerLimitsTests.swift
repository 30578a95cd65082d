import HTTPServer
import HTTPTypes
import Synchronization
import Testing

@Suite struct HTTPServerLimitsTests {
    private static func echo(_ body: BodyPolicy) -> Routes {
        var routes = Routes()
        routes.on(.post, "/echo", body: body) { request in
            var count = request.body.count
            for try await piece in request.bodyStream { count += piece.count }
            return .text("\(count)")
        }
        routes.on(.get, "/") { _ in .text("root") }
        return routes
    }

    @Test("refuses a declared length over the limit without reading the body")
    func refusesDeclaredLength() async throws {
        try await RunningServer.serving(Self.echo(.collected(limit: 1_000))) { server in
            try await server.client { client in
                try client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n")
                let answer = try client.response()
                #expect(answer.status == 413)
                #expect(answer["X-Request-Id"] != nil)
                #expect(client.isClosedByServer())
            }
            let accepted = try await server.client {
                try $0.request("POST", "/echo", body: [UInt8](repeating: 1, count: 1_000))
            }
            #expect(accepted.text == "1000")
        }
    }

    @Test("lets a client that sends its whole body first read the refusal", arguments: [2_000, 5_000_000])
    func refusalSurvivesUnreadBody(count: Int) async throws {
        try await RunningServer.serving(Self.echo(.collected(limit: 1_000))) { server in
            let answer = try await server.client {
                try $0.request("POST", "/echo", body: [UInt8](repeating: 1, count: count))
            }
            #expect(answer.status == 413)
        }
    }

    @Test("refuses a chunked body as soon as it is over the limit", arguments: [false, true])
    func refusesChunks(isStreamed: Bool) async throws {
        let policy: BodyPolicy = isStreamed ? .streamed(limit: 1_000) : .collected(limit: 1_000)
        try await RunningServer.serving(Self.echo(policy)) { server in
            try await server.client { client in
                try client.send(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nX-Request-Id: big\r\nTransfer-Encoding: chunked\r\n\r\n")
                try client.send("400\r\n" + String(repeating: "x", count: 1_024) + "\r\n")
                // The body has no end, and the answer comes all the same.
                let answer = try client.response()
                #expect(answer.status == 413)
                #expect(answer["X-Request-Id"] == "big")
                #expect(answer["Content-Type"] == "application/problem+json")
                #expect(client.isClosedByServer())
            }
            #expect(await eventually { server.records.map(\.status) == [.contentTooLarge] })
        }
    }

    @Test("answers 431 to a header over the limit")
    func refusesLongHeader() async throws {
        let configuration = HTTPServerConfiguration(maximumHeaderBytes: 8_192)
        try await RunningServer.serving(Self.echo(.none), configuration) { server in
            let over = "X-Long: " + String(repeating: "a", count: 9_000)
            let answer = try await server.client { try $0.request("GET", "/", headers: [over]) }
            #expect(answer.status == 431)
            #expect(answer["X-Request-Id"] != nil)
            let far = "X-Long: " + String(repeating: "a", count: 100_000)
            let status = try await server.client { client in
                try? client.send("GET / HTTP/1.1\r\nHost: a\r\n\(far)\r\n\r\n")
                return try client.response().status
            }
            #expect(status == 431)
            let under = "X-Long: " + String(repeating: "a", count: 7_000)
            let accepted = try await server.client { try $0.request("GET", "/", headers: [under]) }
            #expect(accepted.status == 200)
        }
    }

    @Test("answers 429 and closes a connection over the limit of its address, and no other address's")
    func limitsConnectionsPerAddress() async throws {
        let configuration = HTTPServerConfiguration(maximumConnectionsPerAddress: 3)
        try await RunningServer.serving(Self.echo(.none), configuration) { server in
            let port = server.port
            try await blocking {
                var held: [RawClient] = []
                for _ in 0..<3 {
                    let client = try RawClient(port: port)
                    #expect(try client.request("GET", "/").status == 200)
                    held.append(client)
                }
                let refused = try RawClient(port: port)
                let answer = try refused.request("GET", "/")
                #expect(answer.status == 429)
                #expect(answer["Retry-After"] != nil)
                #expect(answer["Connection"] == "close")
                #expect(refused.isClosedByServer())
                #expect(try RawClient(port: port, from: "127.0.0.2").request("GET", "/").status == 200)
                #expect(try held[0].request("GET", "/").status == 200)
            }
            #expect(await eventually { server.server.openConnections == 0 })
            #expect(try await server.client { try $0.request("GET", "/") }.status == 200)
        }
    }

    @Test("answers 503 to a connection over the limit of all")
    func limitsConnectionsInAll() async throws {
        try await RunningServer.serving(Self.echo(.none), HTTPServerConfiguration(maximumConnections: 1)) { server in
            let port = server.port
            try await blocking {
                let held = try RawClient(port: port)
                #expect(try held.request("GET", "/").status == 200)
                let answer = try RawClient(port: port, from: "127.0.0.2").request("GET", "/")
                #expect(answer.status == 503)
                #expect(answer["Retry-After"] != nil)
            }
        }
    }

    @Test("answers 503 at once when too many requests are at work")
    func limitsConcurrentRequests() async throws {
        let gate = Gate()
        var routes = Routes()
        routes.on(.get, "/wait") { _ in
            await gate.wait()
            return .text("done")
        }
        try await RunningServer.serving(routes, HTTPServerConfiguration(maximumConcurrentRequests: 1)) { server in
            async let first = server.client { try $0.request("GET", "/wait") }
            #expect(await eventually { server.server.runningRequests == 1 })
            let second = try await server.client { try $0.request("GET", "/wait") }
            #expect(second.status == 503)
            #expect(second["Retry-After"] == "1")
            gate.open()
            #expect(try await first.status == 200)
            #expect(await eventually { server.server.runningRequests == 0 })
        }
    }

    @Test("answers 429 with Retry-After once an address has used its burst")
    func limitsRate() async throws {
        var routes = Routes()
        routes.on(.get, "/limited", rate: RateLimit(perSecond: 0.001, burst: 2)) { _ in .text("ok") }
        try await RunningServer.serving(routes) { server in
            let answers = try await server.client { client in
                try (0..<3).map { _ in try client.request("GET", "/limited") }
            }
            #expect(answers.map(\.status) == [200, 200, 429])
            #expect(answers[2]["Retry-After"].flatMap { Int($0) }.map { (980...1_000).contains($0) } == true)
            let other = try await server.client(from: "127.0.0.3") { try $0.request("GET", "/limited") }
            #expect(other.status == 200)
        }
    }
}
