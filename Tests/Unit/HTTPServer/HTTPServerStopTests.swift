import HTTPServer
import HTTPTypes
import Synchronization
import Testing

@Suite struct HTTPServerStopTests {
    private static func start(_ routes: Routes) throws -> HTTPServer {
        let server = HTTPServer(configuration: HTTPServerConfiguration(address: "127.0.0.1"), routes: routes)
        try server.start()
        return server
    }

    @Test("stops under load without failing a request that it accepted")
    func stopsUnderLoad() async throws {
        let handled = Tally()
        var routes = Routes()
        routes.on(.get, "/") { _ in
            handled.increment()
            await Task.yield()
            return .text("ok")
        }
        let server = try Self.start(routes)
        let port = server.port
        let answered = Tally()
        let failures = Tally()
        let stops = Tally()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<16 {
                group.addTask {
                    _ = try? await blocking {
                        Self.load(
                            port, keepsAlive: index % 2 == 0, answered: answered, failures: failures, stops: stops)
                    }
                }
            }
            _ = await eventually { answered.count > 500 }
            stops.increment()
            await server.stop(deadline: .seconds(5))
        }
        #expect(answered.count > 500)
        #expect(answered.count == handled.count)
        #expect(failures.notes == [])
    }

    /// Asks until the server refuses a connection, and notes each request that got no whole answer. Of one that a
    /// stopping server ends before it answers nobody knows whether it was accepted: its connection may have idled.
    private static func load(
        _ port: Int, keepsAlive: Bool, answered: Tally, failures: Tally, stops: Tally
    ) {
        while true {
            guard let client = try? RawClient(port: port) else { return }
            var isOpen = true
            while isOpen {
                let received = client.receivedBytes
                do {
                    let answer = try client.request("GET", "/", headers: keepsAlive ? [] : ["Connection: close"])
                    if answer.status != 200 || answer.text != "ok" { failures.note("\(answer)") }
                    answered.increment()
                    isOpen = answer["Connection"]?.lowercased() != "close"
                } catch {
                    let isEnded = (error as? RawClient.Failure)?.isEndOfConnection == true
                    if stops.count == 0 || !isEnded || client.receivedBytes > received { failures.note("\(error)") }
                    return
                }
            }
        }
    }

    @Test("refuses new connections at once and lets a running request finish")
    func finishesRunningRequests() async throws {
        let gate = Gate()
        var routes = Routes()
        routes.on(.get, "/") { _ in
            await gate.wait()
            return .text("finished")
        }
        let server = try Self.start(routes)
        let port = server.port
        async let answer = blocking { try RawClient(port: port).request("GET", "/") }
        #expect(await eventually { gate.arrivals == 1 })
        async let stopped: Void = server.stop(deadline: .seconds(10))
        #expect(await eventually { (try? RawClient(port: port)) == nil })
        gate.open()
        let finished = try await answer
        await stopped
        #expect(finished.text == "finished")
        #expect(finished["Connection"] == "close")
    }

    @Test("answers 503 to a request that does not finish by the deadline, and cancels its handler")
    func cancelsAtDeadline() async throws {
        let wasCancelled = Atomic(false)
        let started = Atomic(false)
        var routes = Routes()
        routes.on(.get, "/") { _ in
            started.store(true, ordering: .relaxed)
            try? await Task.sleep(for: .seconds(60))
            wasCancelled.store(Task.isCancelled, ordering: .relaxed)
            return .text("too late")
        }
        let server = try Self.start(routes)
        let port = server.port
        async let answer = blocking { try RawClient(port: port).request("GET", "/") }
        #expect(await eventually { started.load(ordering: .relaxed) })
        let start = ContinuousClock.now
        await server.stop(deadline: .milliseconds(200))
        #expect(ContinuousClock.now - start < .seconds(30))
        #expect(try await answer.status == 503)
        #expect(await eventually { wasCancelled.load(ordering: .relaxed) })
    }

    @Test("closes idle connections when it stops")
    func closesIdleConnections() async throws {
        var routes = Routes()
        routes.on(.get, "/") { _ in .text("ok") }
        let server = try Self.start(routes)
        let port = server.port
        let client = try await blocking {
            let client = try RawClient(port: port)
            _ = try client.request("GET", "/")
            return client
        }
        let start = ContinuousClock.now
        await server.stop(deadline: .seconds(30))
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(try await blocking { client.isClosedByServer() })
    }

    @Test("ends with its last holder when nobody stopped it")
    func endsWithItsHolder() async throws {
        let gate = Gate()
        var routes = Routes()
        routes.on(.get, "/") { _ in
            await gate.wait()
            return .text("too late")
        }
        var server: HTTPServer? = try Self.start(routes)
        let port = try #require(server?.port)
        async let answer = blocking { try RawClient(port: port).request("GET", "/") }
        #expect(await eventually { gate.arrivals == 1 })
        server = nil
        let status = try await answer.status
        #expect(status == 503)
        #expect((try? RawClient(port: port)) == nil)
        gate.open()
    }

    @Test("stops a second time, or before it was started, without a word")
    func stopsTwice() async throws {
        let server = try Self.start(Routes())
        await server.stop(deadline: .seconds(1))
        await server.stop(deadline: .seconds(1))
        await HTTPServer(configuration: HTTPServerConfiguration(), routes: Routes()).stop(deadline: .seconds(1))
    }
}
