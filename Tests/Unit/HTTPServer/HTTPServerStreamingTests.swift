import Bytes
import Foundation
import HTTPServer
import HTTPTypes
import Testing

@Suite(.serialized) struct HTTPServerStreamingTests {
    private static let size = 300 << 20

    /// The most memory that this process ever had resident since `resetPeak`, in bytes.
    private static func peak() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber))) * 1_024
    }

    /// Sets the peak to what is resident now (proc(5), clear_refs).
    private static func resetPeak() throws {
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    }

    @Test("takes in 300 MB in pieces with bounded memory")
    func streamsIn() async throws {
        var routes = Routes()
        routes.on(.post, "/", body: .streamed()) { request in
            var count = 0
            var largest = 0
            for try await piece in request.bodyStream {
                count += piece.count
                largest = max(largest, piece.count)
            }
            return .text("\(count) \(largest <= 65_536)")
        }
        try await RunningServer.serving(routes) { server in
            try Self.resetPeak()
            let before = try Self.peak()
            let answer = try await Shell.run(
                "head -c \(Self.size) /dev/zero | curl -sS --max-time 60 -X POST -T - \(server.url)/")
            #expect(answer == "\(Self.size) true")
            let growth = try Self.peak() - before
            #expect(growth < 100 << 20)
        }
    }

    @Test("holds a fast client back while nobody reads")
    func appliesBackPressure() async throws {
        let gate = Gate()
        var routes = Routes()
        routes.on(.post, "/", body: .streamed()) { request in
            await gate.wait()
            var count = 0
            for try await piece in request.bodyStream { count += piece.count }
            return .text("\(count)")
        }
        try await RunningServer.serving(routes) { server in
            try Self.resetPeak()
            let before = try Self.peak()
            let sent = Tally()
            let count = 64 << 20
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let answer = try await server.client { client in
                        try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n")
                        let piece = [UInt8](repeating: 7, count: 1 << 20)
                        for _ in 0..<(count / piece.count) {
                            try client.send(piece)
                            sent.increment()
                        }
                        return try client.response().text
                    }
                    #expect(answer == "\(count)")
                }
                // The client stops when the system's own socket buffers are full.
                var last = -1
                var quiet = 0
                let deadline = ContinuousClock.now + .seconds(10)
                while quiet < 20, ContinuousClock.now < deadline {
                    let now = sent.count
                    quiet = now == last ? quiet + 1 : 0
                    last = now
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(sent.count < 32)
                #expect(try Self.peak() - before < 48 << 20)
                gate.open()
                try await group.waitForAll()
            }
        }
    }

    @Test("answers 300 MB from a spooled file with bounded memory")
    func spoolsOut() async throws {
        var routes = Routes()
        routes.on(.get, "/") { _ in
            var body = try SpooledBody()
            for index in 0..<(Self.size / 1_000_000) {
                try body.append([UInt8](repeating: UInt8(truncatingIfNeeded: index), count: 1_000_000))
            }
            try body.append(Array("end".utf8))
            return HTTPResponse(headers: ["Content-Type": "application/x-ndjson"], body: try body.finish())
        }
        try await RunningServer.serving(routes) { server in
            try Self.resetPeak()
            let before = try Self.peak()
            let answer = try await Shell.run("curl -sS --max-time 60 \(server.url)/ | (wc -c; true)")
            #expect(answer == "\(Self.size / 1_000_000 * 1_000_000 + 3)")
            #expect(try Self.peak() - before < 100 << 20)
            let tail = try await Shell.run("curl -sS --max-time 60 \(server.url)/ | tail -c 4 | od -An -tx1")
            #expect(tail == "39 65 6e 64")
            let head = try await server.client { try $0.request("HEAD", "/") }
            #expect(head["Content-Length"] == "\(Self.size / 1_000_000 * 1_000_000 + 3)")
        }
    }

    @Test("answers before the body's end when the route does not want the rest")
    func answersEarly() async throws {
        var routes = Routes()
        routes.on(.post, "/", body: .streamed()) { request in
            for try await _ in request.bodyStream { throw Problem(.unprocessableContent, "The first line is bad.") }
            return .text("never")
        }
        try await RunningServer.serving(routes) { server in
            try await server.client { client in
                try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\nfirst line")
                let answer = try client.response()
                #expect(answer.status == 422)
                #expect(answer["X-Request-Id"] != nil)
                #expect(client.isClosedByServer())
            }
            #expect(await eventually { server.server.openConnections == 0 && server.records.count == 1 })
        }
    }

    @Test("sends bytes that are kept and sent many times", arguments: [0, 1, 1 << 20])
    func sendsSharedBytes(count: Int) async throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let shared = SharedBytes(bytes)
        var routes = Routes()
        routes.on(.get, "/") { _ in HTTPResponse(body: .shared(shared)) }
        try await RunningServer.serving(routes) { server in
            try await server.client { client in
                for _ in 0..<3 {
                    let answer = try client.request("GET", "/")
                    #expect(answer.body == bytes)
                }
            }
        }
    }
}
