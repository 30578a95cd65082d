import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Synchronization
import Testing

@Suite struct HTTPServerFailureTests {
    private struct Secret: Error, CustomStringConvertible {
        let description = "password hunter2"
    }

    @Test("answers 500 without a word about an unexpected error, reports it and goes on")
    func survivesErrors() async throws {
        var routes = Routes()
        routes.on(.get, "/") { _ in throw Secret() }
        try await RunningServer.serving(routes) { server in
            try await server.client { client in
                for _ in 0..<3 {
                    let answer = try client.request("GET", "/")
                    #expect(answer.status == 500)
                    #expect(answer["Content-Type"] == "application/problem+json")
                    #expect(!answer.text.contains("hunter2") && !answer.text.contains("Secret"))
                }
            }
            #expect(server.errors == [String](repeating: "password hunter2", count: 3))
        }
    }

    @Test("answers a thrown problem with its status, headers and faults")
    func answersProblems() async throws {
        var routes = Routes()
        routes.on(.get, "/") { _ in
            throw Problem(
                .serviceUnavailable, "Later.", errors: [ProblemError(pointer: "/a/0", detail: "is bad")]
            ).retryAfter(seconds: 7)
        }
        try await RunningServer.serving(routes) { server in
            let answer = try await server.client { try $0.request("GET", "/", headers: ["X-Request-Id: r-1"]) }
            #expect(answer.status == 503)
            #expect(answer["Retry-After"] == "7")
            #expect(
                answer.text == """
                    {"detail":"Later.","errors":[{"detail":"is bad","pointer":"/a/0"}],"requestId":"r-1","status":503,\
                    "title":"Service Unavailable","type":"about:blank"}
                    """)
            #expect(server.errors.isEmpty)
        }
    }

    @Test("lets go of everything when the client leaves while its request is at work")
    func survivesDisconnect() async throws {
        let gate = Gate()
        let token = Mutex<Int>(0)
        var routes = Routes()
        routes.on(.get, "/") { _ in
            await gate.wait()
            token.withLock { $0 += 1 }
            return .text(String(repeating: "x", count: 1 << 20))
        }
        try await RunningServer.serving(routes) { server in
            let port = server.port
            try await blocking {
                for index in 0..<20 {
                    let client = try RawClient(port: port)
                    try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    while gate.arrivals <= index { Pause.milliseconds(1) }
                    client.reset()
                }
            }
            #expect(await eventually { gate.arrivals == 20 })
            gate.open()
            #expect(await eventually { server.server.openConnections == 0 && server.server.runningRequests == 0 })
            #expect(await eventually { server.records.count == 20 })
            #expect(token.withLock { $0 } == 20)
        }
    }

    @Test("ends the stream of a client that leaves in the middle of its body", arguments: ["POST", "PUT"])
    func survivesDisconnectInBody(method: String) async throws {
        let outcome = Mutex<[String]>([])
        let gate = Gate()
        var routes = Routes()
        routes.on(.put, "/", body: .streamed()) { request in
            do {
                for try await _ in request.bodyStream { await gate.wait() }
                outcome.withLock { $0.append("whole") }
            } catch {
                outcome.withLock { $0.append("\(error)") }
                throw error
            }
            return .text("done")
        }
        routes.on(.post, "/", body: .collected(limit: 1 << 20)) { _ in
            outcome.withLock { $0.append("called") }
            return .text("done")
        }
        gate.open()
        try await RunningServer.serving(routes) { server in
            let port = server.port
            try await blocking {
                for _ in 0..<5 {
                    let client = try RawClient(port: port)
                    try client.send("\(method) / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nhalf of it")
                    client.reset()
                }
            }
            #expect(await eventually { server.server.openConnections == 0 && server.server.runningRequests == 0 })
            #expect(await eventually { server.records.allSatisfy { !$0.isComplete } })
            if method == "PUT" {
                // A client that is accepted only now adds to both.
                #expect(await eventually { outcome.withLock { $0.count } == server.records.count })
                #expect(outcome.withLock { $0 }.allSatisfy { $0 == "the request's body ended early" })
            } else {
                #expect(outcome.withLock { $0 }.isEmpty)
            }
            #expect(server.errors.isEmpty)
        }
    }

    @Test("frees requests, connections and file descriptors once they are over")
    func leaksNothing() async throws {
        var routes = Routes()
        routes.on(.post, "/", body: .collected(limit: 100)) { request in .text("\(request.body.count)") }
        try await RunningServer.serving(routes) { server in
            let port = server.port
            try await blocking {
                for index in 0..<200 {
                    let client = try RawClient(port: port)
                    // Half of the bodies are too long, which takes the way of lingering sockets.
                    _ = try client.request("POST", "/", body: [UInt8](repeating: 1, count: index % 2 * 200))
                }
            }
            #expect(await eventually { server.server.openConnections == 0 })
            // Only the listening socket is left.
            #expect(await eventually { (try? Self.sockets(of: port)) == 1 })
        }
    }

    /// Open sockets that are bound to a port, by the system's own table.
    private static func sockets(of port: Int) throws -> Int {
        let table = try String(contentsOfFile: "/proc/self/net/tcp", encoding: .utf8)
        let local = ":" + String(format: "%04X", port)
        // Without an inode a socket belongs to no process any more.
        return table.split(separator: "\n").filter { line in
            let columns = line.split(separator: " ")
            return columns.count > 9 && columns[1].hasSuffix(local) && columns[9] != "0"
        }.count
    }

    @Test("reports what happened to the access log, with the template in place of the path")
    func reportsAccess() async throws {
        var routes = Routes()
        routes.on(.post, "/links/{jwt}", body: .collected(limit: 100)) { _ in .text("12345", status: .created) }
        try await RunningServer.serving(routes) { server in
            _ = try await server.client {
                try $0.request("POST", "/links/secret", headers: ["X-Request-Id: abc"], body: [1, 2, 3])
            }
            #expect(await eventually { server.records.count == 1 })
            let record = try #require(server.records.first)
            #expect(record.requestID == "abc")
            #expect(record.method == .post)
            #expect(record.route == "/links/{jwt}")
            #expect(record.status == .created)
            #expect(record.requestBytes == 3)
            #expect(record.responseBytes == 5)
            #expect(record.clientAddress == "127.0.0.1")
            #expect(record.isComplete)
            #expect(record.duration > .zero && record.duration < .seconds(10))
        }
    }

    @Test("says which address is taken when it cannot listen")
    func saysWhyItCannotListen() async throws {
        try await RunningServer.serving(Routes()) { server in
            let second = HTTPServer(
                configuration: HTTPServerConfiguration(name: "public", address: "127.0.0.1", port: server.port),
                routes: Routes())
            let expected = "the public listener cannot use 127.0.0.1 port \(server.port): Address already in use"
            #expect(throws: HTTPServerError.self) { try second.start() }
            do { try second.start() } catch { #expect("\(error)" == expected) }
        }
    }

    @Test("closes the connection of a request that its route gives up, and goes on with others")
    func abandons() async throws {
        var routes = Routes()
        routes.on(.get, "/") { _ in throw HTTPServerError.abandoned }
        routes.on(.post, "/", body: .collected(limit: 10)) { _ in throw HTTPServerError.abandoned }
        routes.on(.put, "/", body: .streamed()) { request in
            for try await _ in request.bodyStream { throw HTTPServerError.abandoned }
            return HTTPResponse()
        }
        routes.on(.get, "/other") { _ in .text("here") }
        try await RunningServer.serving(routes) { server in
            for head in [
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\nab",
            ] {
                try await server.client { client in
                    try client.send(head)
                    #expect(throws: RawClient.Failure.self, "\(head)") { try client.response() }
                }
            }
            let answer = try await server.client { try $0.request("GET", "/other") }
            #expect(answer.text == "here")
            #expect(server.errors.isEmpty)
            #expect(server.records.prefix(3).allSatisfy { $0.status.rawValue == 499 && !$0.isComplete })
        }
    }
}
