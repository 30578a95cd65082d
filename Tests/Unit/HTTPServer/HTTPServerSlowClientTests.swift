import HTTPServer
import HTTPTypes
import Testing

@Suite struct HTTPServerSlowClientTests {
    private static let routes: Routes = {
        var routes = Routes()
        routes.on(.post, "/", body: .collected(limit: 1 << 20)) { request in .text("\(request.body.count)") }
        routes.on(.put, "/", body: .streamed()) { request in
            for try await _ in request.bodyStream {}
            return .text("read")
        }
        return routes
    }()

    /// Sends a byte every 50 ms until the server has had enough; false when it never has.
    private func isCutOff(_ server: RunningServer, start: String, drip: String) async throws -> Bool {
        try await server.client { client in
            try client.send(start)
            let deadline = ContinuousClock.now + .seconds(10)
            while ContinuousClock.now < deadline {
                do { try client.send(drip) } catch { return true }
                Pause.milliseconds(50)
            }
            return false
        }
    }

    @Test("cuts off a client that sends its header byte by byte")
    func cutsOffSlowHeader() async throws {
        let configuration = HTTPServerConfiguration(headerTimeout: .milliseconds(600))
        try await RunningServer.serving(Self.routes, configuration) { server in
            let isCutOff = try await isCutOff(server, start: "POST / HTTP/1.1\r\nHost: a\r\nX-Slow: ", drip: "x")
            #expect(isCutOff)
            #expect(await eventually { server.server.openConnections == 0 })
        }
    }

    @Test("cuts off a client that sends its body byte by byte", arguments: ["POST", "PUT"])
    func cutsOffSlowBody(method: String) async throws {
        let configuration = HTTPServerConfiguration(bodyTimeout: .milliseconds(600))
        try await RunningServer.serving(Self.routes, configuration) { server in
            let start = "\(method) / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
            let isCutOff = try await isCutOff(server, start: start, drip: "x")
            #expect(isCutOff)
            #expect(await eventually { server.server.runningRequests == 0 && server.server.openConnections == 0 })
            #expect(await eventually { server.records.count == 1 })
            #expect(server.records.first?.isComplete == false)
        }
    }

    @Test("closes a connection that stays idle")
    func closesIdle() async throws {
        // A connection that was only accepted is idle too: long enough for a client that is late with its request.
        let configuration = HTTPServerConfiguration(idleTimeout: .seconds(8))
        try await RunningServer.serving(Self.routes, configuration) { server in
            try await server.client { client in
                let answer = try client.request("POST", "/", body: [1, 2, 3])
                #expect(answer.text == "3")
                #expect(try client.rest().isEmpty)
            }
        }
    }
}
