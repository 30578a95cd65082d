import Foundation
import HTTPServer
import HTTPTypes
import Testing

@Suite struct HTTPServerParallelTests {
    @Test("serves 200 connections at once, with one thread and with several", arguments: [1, 3])
    func servesManyConnections(threads: Int) async throws {
        let gate = Gate()
        var routes = Routes()
        routes.on(.post, "/{n}", body: .collected(limit: 1_000)) { request in
            await gate.wait()
            return .text("\(request.parameters["n"] ?? "") \(String(decoding: request.body, as: UTF8.self))")
        }
        try await RunningServer.serving(routes, HTTPServerConfiguration(threads: threads)) { server in
            let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for index in 0..<200 {
                    group.addTask {
                        let answer = try await server.client {
                            try $0.request("POST", "/\(index)", body: Array("body \(index)".utf8))
                        }
                        return (index, answer.text)
                    }
                }
                // All are inside at the same time before the first is answered.
                #expect(await eventually { gate.arrivals == 200 })
                #expect(server.server.openConnections == 200)
                gate.open()
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(answers.count == 200)
            #expect(answers.allSatisfy { $1 == "\($0) body \($0)" })
        }
    }

    @Test("requests that come as many at once as the library takes events are answered at once", arguments: 126...130)
    func asManyAsEvents(count: Int) async throws {
        let (held, released) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        var routes = Routes()
        // Holds the library's thread, so that all the others are there when it looks again.
        let hold: Routes.Check = { (_) throws(Problem) in
            held.signal()
            released.wait()
            throw Problem(.notFound)
        }
        routes.on(.get, "/held", check: hold) { _ in .text("") }
        routes.on(.get, "/") { _ in .text("here") }
        try await RunningServer.serving(routes) { server in
            let port = server.port
            let longest = try await blocking {
                let clients = try (0..<count).map { _ in try RawClient(port: port) }
                for client in clients { _ = try client.request("GET", "/") }
                let holder = try RawClient(port: port)
                try holder.send("GET /held HTTP/1.1\r\nHost: test\r\n\r\n")
                held.wait()
                for client in clients { try client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n") }
                let begun = ContinuousClock.now
                released.signal()
                for client in clients {
                    guard try client.response().text == "here" else { return Duration.seconds(99) }
                }
                return begun.duration(to: .now)
            }
            #expect(longest < .seconds(10))
        }
    }
}
