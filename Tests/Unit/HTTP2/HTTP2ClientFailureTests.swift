import Glibc
import HTTP2
import Support
import Synchronization
import Testing

@Suite("HTTP/2: what goes wrong on the way")
struct HTTP2ClientFailureTests {
    @Test("loses nothing and repeats nothing when the server says GOAWAY in mid-load again and again")
    func goAwayInMidLoad() async throws {
        let count = Mutex(0)
        let test = try await TestServer.start(
            { configuration, _ in configuration.maximumConcurrentStreams = 200 },
            handler: { request, responder, _ in
                responder.respond(HTTP2Response(status: 200))
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                // The connection's last request is this one; up to 199 later ones are on their way.
                if number.isMultiple(of: 1_500) { request.connection.goAway(debugData: Array("bye".utf8)) }
            })
        let client = try test.client()
        let outcomes = await Outcomes.of(10_000, on: client)
        #expect(outcomes.answered == 10_000)
        #expect(outcomes.errors.isEmpty)
        #expect(test.seen.paths.count == 10_000)
        #expect(test.seen.repeated == 0)
        #expect(test.server.counts.connections == 7)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("a connection that dies fails its own requests alone, and says that they may have been processed")
    func dyingConnection() async throws {
        let test = try await TestServer.start(
            { configuration, _ in configuration.maximumConcurrentStreams = 10 },
            handler: { request, responder, test in
                if request.path == "/first" { return responder.respond(HTTP2Response(status: 200)) }
                test.hold(responder)
            })
        let client = try test.client { $0.maximumConnections = 2 }
        _ = try await client.send(HTTP2Request(path: "/first"))
        async let outcomes = Outcomes.of(25, on: client)
        try await eventually("ten requests on each connection") { test.seen.open == 20 }
        let first = try #require(test.server.connections.first)
        first.drop()
        try await eventually("the end of the first connection") { test.server.connections.count == 1 }
        let releasing = Task {
            while !Task.isCancelled {
                test.release()
                try? await Task.sleep(for: .milliseconds(5))
            }
        }
        let seen = await outcomes
        releasing.cancel()
        #expect(seen.errors == Array(repeating: .connectionLost(wasSent: true), count: 10))
        #expect(seen.answered == 15)
        #expect(seen.errors.map(\.mayHaveBeenProcessed) == Array(repeating: true, count: 10))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("tells the server's reason when each connection is ended before it answers anything")
    func vainConnections() async throws {
        let test = try await TestServer.start { request, _, _ in
            request.connection.goAway(
                lastStreamID: 0, code: .enhanceYourCalm, debugData: Array(#"{"reason":"Shutdown"}"#.utf8))
        }
        let client = try test.client()
        let goAway = HTTP2GoAway(
            lastStreamID: 0, code: .enhanceYourCalm, debugData: Array(#"{"reason":"Shutdown"}"#.utf8))
        await #expect(throws: HTTP2Error.goAway(goAway, wasSent: false)) {
            try await client.send(HTTP2Request(path: "/"))
        }
        #expect(test.server.counts.connections == 3)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("fails a request whose connection is ended by GOAWAY without an answer to it, with the server's reason")
    func goAwayWithoutAnswer() async throws {
        let test = try await TestServer.start { request, _, _ in
            request.connection.goAway(code: .internalError, debugData: Array("sorry".utf8))
            request.connection.drop()
        }
        let client = try test.client()
        let errors = await Outcomes.of(1, on: client).errors
        // A dropped connection may lose the frame that was sent just before.
        let goAway = HTTP2GoAway(lastStreamID: 1, code: .internalError, debugData: Array("sorry".utf8))
        #expect(errors == [.goAway(goAway, wasSent: true)] || errors == [.connectionLost(wasSent: true)])
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("repeats a refused stream, but not without end")
    func refusedStreams() async throws {
        let test = try await TestServer.start { request, responder, test in
            let isGenerous = request.path == "/twice" && test.seen.paths[request.path] == 3
            if isGenerous { responder.respond(HTTP2Response(status: 200)) } else { responder.reset(.refusedStream) }
        }
        let client = try test.client()
        #expect(try await client.send(HTTP2Request(path: "/twice")).status == 200)
        await #expect(throws: HTTP2Error.refused) { try await client.send(HTTP2Request(path: "/ever")) }
        #expect(test.seen.paths["/ever"] == 4)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("tells a reset with its code")
    func reset() async throws {
        let test = try await TestServer.start { _, responder, _ in responder.reset(.internalError) }
        let client = try test.client()
        await #expect(throws: HTTP2Error.reset(.internalError)) { try await client.send(HTTP2Request(path: "/")) }
        #expect(HTTP2Error.reset(.internalError).mayHaveBeenProcessed)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("ends a request whose answer is too long, and no other")
    func tooLarge() async throws {
        let test = try await TestServer.start { request, responder, _ in
            let body = Array(repeating: UInt8(0), count: request.path == "/long" ? 200_000 : 100)
            responder.respond(HTTP2Response(status: 200, body: body))
        }
        let client = try test.client { $0.maximumResponseBytes = 1_000 }
        await #expect(throws: HTTP2Error.responseTooLarge) { try await client.send(HTTP2Request(path: "/long")) }
        #expect(try await client.send(HTTP2Request(path: "/")).body.count == 100)
        #expect(test.server.counts.connections == 1)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("resets the stream of a cancelled task, and keeps the connection")
    func cancellation() async throws {
        let test = try await TestServer.start { request, responder, test in
            if request.path == "/held" { test.hold(responder) } else { responder.respond(HTTP2Response(status: 200)) }
        }
        let client = try test.client()
        let task = Task { try await client.send(HTTP2Request(path: "/held")) }
        try await eventually("the request") { test.seen.open == 1 }
        task.cancel()
        await #expect(throws: HTTP2Error.cancelled(wasSent: true)) { try await task.value }
        try await eventually("the reset") { test.server.counts.resets == 1 }
        #expect(try await client.send(HTTP2Request(path: "/")).status == 200)
        #expect(test.server.counts.connections == 1)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("does not send what was cancelled before")
    func cancelledBefore() async throws {
        let test = try await TestServer.start()
        let client = try test.client()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(HTTP2Request(path: "/never"))
        }
        await #expect(throws: HTTP2Error.cancelled(wasSent: false)) { try await task.value }
        _ = try await client.send(HTTP2Request(path: "/"))
        #expect(test.seen.paths["/never"] == nil)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("ends a request that gets no answer in time, and one that found no stream")
    func timeouts() async throws {
        let test = try await TestServer.start(
            { configuration, _ in configuration.maximumConcurrentStreams = 1 },
            handler: { _, responder, test in test.hold(responder) })
        let client = try test.client { $0.requestTimeout = .seconds(10) }
        let errors = await Outcomes.of(2, on: client).errors
        #expect(Set(errors) == [.timedOut(wasSent: true), .timedOut(wasSent: false)])
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("tells at once that nobody listens, and reaches the server when it is there")
    func unreachable() async throws {
        let test = try await TestServer.start()
        let port = test.server.port
        let client = try test.client()
        await test.server.stop(deadline: .seconds(1))
        await #expect(throws: HTTP2Error.connectFailed(reason: "Connection refused")) {
            try await client.send(HTTP2Request(path: "/"))
        }
        let next = try await TestServer.start({ configuration, _ in configuration.port = port })
        #expect(try await client.send(HTTP2Request(path: "/")).status == 200)
        #expect(next.server.counts.connections == 1)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("tells that a name has no address")
    func unresolvable() async throws {
        let client = try HTTP2Client(configuration: HTTP2ClientConfiguration(host: "nowhere.invalid"))
        do throws(HTTP2Error) {
            _ = try await client.send(HTTP2Request(path: "/"))
            Issue.record("there is no such host")
        } catch {
            guard case .unresolvable(let reason) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test("reaches a server by name at the second of its addresses")
    func secondAddress() async throws {
        // `localhost` is ::1 and 127.0.0.1 in most places, and the server is at the latter.
        let test = try await TestServer.start()
        let client = try test.client { $0.host = "localhost" }
        #expect(try await client.send(HTTP2Request(path: "/")).status == 200)
        await client.shutdown(deadline: .seconds(5))
    }
}
