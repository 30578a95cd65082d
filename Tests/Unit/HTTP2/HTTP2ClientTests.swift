import HTTP2
import Support
import Testing

@Suite("HTTP/2: the client")
struct HTTP2ClientTests {
    @Test("returns an answer with its status, fields and body")
    func answer() async throws {
        let test = try await TestServer.start { request, responder, _ in
            responder.respond(
                HTTP2Response(status: 410, headers: ["apns-id": request.headers["apns-id"] ?? ""], body: request.body))
        }
        let client = try test.client()
        let response = try await client.send(
            HTTP2Request(method: "POST", path: "/3/device/ab", headers: [("apns-id", "7")], body: Array("x".utf8)))
        #expect(response.status == 410)
        #expect(response.headers["Apns-Id"] == "7")
        #expect(response.body == Array("x".utf8))
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("carries bodies that are larger than every window, both ways")
    func largeBodies() async throws {
        let test = try await TestServer.start { configuration, _ in configuration.maximumRequestBytes = 4 << 20 }
        let client = try test.client { $0.maximumResponseBytes = 4 << 20 }
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let response = try await client.send(HTTP2Request(method: "POST", path: "/", body: body))
        #expect(response.body == body)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("answers 10,000 requests on one connection, each processed once and never more at once than allowed")
    func manyRequests() async throws {
        let test = try await TestServer.start(
            { configuration, _ in configuration.maximumConcurrentStreams = 50 },
            handler: { _, responder, test in
                test.hold(responder)
                // Two at a time, so that some wait always.
                if test.seen.open >= 2 { test.release() }
            })
        let client = try test.client()
        let releasing = Task {
            while !Task.isCancelled {
                test.release()
                try? await Task.sleep(for: .milliseconds(1))
            }
        }
        let outcomes = await Outcomes.of(10_000, on: client)
        releasing.cancel()
        #expect(outcomes.answered == 10_000)
        #expect(test.seen.paths.count == 10_000)
        #expect(test.seen.repeated == 0)
        #expect(test.seen.mostOpen <= 50)
        #expect(test.server.counts.connections == 1)
        #expect(test.server.counts.resets == 0)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("obeys a limit of one stream")
    func oneStream() async throws {
        let test = try await TestServer.start(
            { configuration, _ in configuration.maximumConcurrentStreams = 1 },
            handler: { _, responder, test in test.hold(responder) })
        let client = try test.client()
        let releasing = Task {
            while !Task.isCancelled {
                test.release()
                try? await Task.sleep(for: .milliseconds(1))
            }
        }
        let outcomes = await Outcomes.of(60, on: client)
        releasing.cancel()
        #expect(outcomes.answered == 60)
        #expect(test.seen.mostOpen == 1)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("starts nothing while the server allows no stream, and follows when it does")
    func changingLimit() async throws {
        let test = try await TestServer.start(
            { configuration, _ in configuration.maximumConcurrentStreams = 0 },
            handler: { _, responder, test in test.hold(responder) })
        let client = try test.client()
        async let outcomes = Outcomes.of(9, on: client)
        try await eventually("the connection") { test.server.counts.connections == 1 }
        try await eventually("no capacity") { client.capacity == 0 }
        #expect(test.seen.paths.isEmpty)
        test.server.setMaximumConcurrentStreams(4)
        try await eventually("four requests") { test.seen.open == 4 }
        test.server.setMaximumConcurrentStreams(1)
        // One of the four ends: none may follow, and there is nothing to wait for but the others' end.
        test.release(3)
        test.release(1)
        for answered in 5...9 {
            try await eventually("request \(answered) alone") {
                let seen = test.seen
                return seen.paths.count == answered && seen.open == 1
            }
            test.release(1)
        }
        #expect(await outcomes.answered == 9)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("tells how many requests could start")
    func capacity() async throws {
        let test = try await TestServer.start(
            { configuration, _ in configuration.maximumConcurrentStreams = 7 },
            handler: { request, responder, test in
                if request.path == "/" { responder.respond(HTTP2Response(status: 200)) } else { test.hold(responder) }
            })
        let client = try test.client()
        #expect(client.capacity == 1)
        _ = try await client.send(HTTP2Request(path: "/"))
        try await eventually("all seven") { client.capacity == 7 }
        async let outcomes = Outcomes.of(3, on: client)
        try await eventually("four") { client.capacity == 4 }
        try await eventually("the three") { test.seen.open == 3 }
        test.release()
        _ = await outcomes
        try await eventually("all seven again") { client.capacity == 7 }
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("opens a further connection when all streams are in use and all others have answered, up to the limit")
    func furtherConnections() async throws {
        let test = try await TestServer.start(
            { configuration, _ in configuration.maximumConcurrentStreams = 2 },
            handler: { _, responder, test in test.hold(responder) })
        let client = try test.client { $0.maximumConnections = 3 }
        async let outcomes = Outcomes.of(100, on: client)
        try await eventually("two requests") { test.seen.open == 2 }
        // The first has not answered yet, so it may still raise its limit.
        #expect(test.server.counts.connections == 1)
        test.release(1)
        try await eventually("four requests at once") { test.seen.open == 4 }
        #expect(test.server.counts.connections == 2)
        var answered = 1
        while test.seen.open < 6 {
            test.release(1)
            answered += 1
            try await eventually("the next request") { test.seen.paths.count >= min(100, answered + 4) }
        }
        let releasing = Task {
            while !Task.isCancelled {
                test.release()
                try? await Task.sleep(for: .milliseconds(1))
            }
        }
        #expect(await outcomes.answered == 100)
        releasing.cancel()
        #expect(test.server.counts.connections == 3)
        #expect(test.seen.mostOpen == 6)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test(
        "refuses what is no request",
        arguments: [
            (HTTP2Request(method: "PO ST", path: "/"), HTTP2RequestFault.method),
            (HTTP2Request(path: "3/device"), .path), (HTTP2Request(path: "/a b"), .path),
            (HTTP2Request(path: "/a\r\nb"), .path), (HTTP2Request(path: "/ä"), .path),
            (HTTP2Request(path: "/", headers: [("Upper", "x")]), .headerField),
            (HTTP2Request(path: "/", headers: [(":path", "x")]), .headerField),
            (HTTP2Request(path: "/", headers: [("connection", "close")]), .headerField),
            (HTTP2Request(path: "/", headers: [("a", "x\r\ny")]), .headerField),
            (HTTP2Request(path: "/", headers: [("a", " x")]), .headerField),
        ])
    func invalidRequests(_ row: (HTTP2Request, HTTP2RequestFault)) async throws {
        let client = try HTTP2Client(configuration: HTTP2ClientConfiguration(host: "127.0.0.1", port: 1))
        await #expect(throws: HTTP2Error.invalidRequest(row.1)) { try await client.send(row.0) }
    }

    @Test("lets running requests finish when it is shut down, and takes no other")
    func shutdown() async throws {
        let test = try await TestServer.start { request, responder, test in
            if request.path == "/" { test.hold(responder) } else { responder.respond(HTTP2Response(status: 200)) }
        }
        let client = try test.client()
        async let running = client.send(HTTP2Request(path: "/"))
        try await eventually("the request") { test.seen.open == 1 }
        async let ending: Void = client.shutdown(deadline: .seconds(30))
        try await eventually("the refusal") {
            do throws(HTTP2Error) {
                _ = try await client.send(HTTP2Request(path: "/late"))
                return false
            } catch {
                return error == .closed(wasSent: false)
            }
        }
        test.release()
        #expect(try await running.status == 200)
        await ending
        try await eventually("the end of the connection") { test.server.connections.isEmpty }
    }

    @Test("ends what still runs at the deadline of a shutdown")
    func shutdownDeadline() async throws {
        let test = try await TestServer.start { _, responder, test in test.hold(responder) }
        let client = try test.client()
        async let running = Outcomes.of(2, on: client)
        try await eventually("the requests") { test.seen.open == 2 }
        await client.shutdown(deadline: .milliseconds(50))
        #expect(await running.errors == [.closed(wasSent: true), .closed(wasSent: true)])
    }
}
