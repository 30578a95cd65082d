import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import Synchronization
import Testing

@Suite("HTTP client: many requests, deadlines, cancellation")
struct HTTPClientConcurrencyTests {
    @Test("uses a connection again")
    func reuse() async throws {
        let server = try await OddServer()
        let client = HTTPClient()
        var ports: Set<[UInt8]> = []
        for _ in 0..<20 {
            ports.insert(try await client.send(HTTPClientRequest(url: server.url + "/port")).body)
        }
        #expect(ports.count == 1)
    }

    @Test("holds two hundred calls at once without a thread for each")
    func parallel() async throws {
        let gate = Turnstile(count: 200)
        var routes = Routes()
        routes.on(.get, "/{number}") { request in
            await gate.arrive()
            return .text(request.parameters["number"] ?? "")
        }
        try await RunningServer.serving(routes, HTTPServerConfiguration(maximumConnectionsPerAddress: 256)) { server in
            let client = HTTPClient(configuration: HTTPClientConfiguration(maximumConnectionsPerHost: 256))
            let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let response = try await client.send(
                            HTTPClientRequest(url: "\(server.url)/\(number)", deadline: .seconds(60)))
                        return (number, String(decoding: response.body, as: UTF8.self))
                    }
                }
                return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
            }
            #expect(answers == Dictionary(uniqueKeysWithValues: (0..<200).map { ($0, String($0)) }))
        }
        // Seen by the server when all two hundred were there.
        let threads = await gate.threads
        #expect(threads < 100)
    }

    @Test("lets requests wait for one of a few connections, and counts the wait towards their deadline")
    func limitedConnections() async throws {
        let server = try await OddServer()
        let client = HTTPClient(configuration: HTTPClientConfiguration(maximumConnectionsPerHost: 1))
        let blocker = Task {
            try await client.send(HTTPClientRequest(url: server.url + "/silence", deadline: .seconds(30)))
        }
        // Begins after the blocker or before it: one of both waits until the other is gone.
        await #expect(throws: HTTPClientError.timedOut) {
            try await client.send(HTTPClientRequest(url: server.url + "/silence", deadline: .milliseconds(300)))
        }
        blocker.cancel()
        await #expect(throws: HTTPClientError.cancelled) { try await blocker.value }
        let response = try await client.send(HTTPClientRequest(url: server.url + "/port"))
        #expect(response.status == .ok)
    }

    @Test("ends at the deadline, not much later")
    func deadline() async throws {
        let server = try await OddServer()
        let start = ContinuousClock.now
        await #expect(throws: HTTPClientError.timedOut) {
            try await HTTPClient().send(HTTPClientRequest(url: server.url + "/silence", deadline: .milliseconds(200)))
        }
        let elapsed = start.duration(to: .now)
        #expect(elapsed >= .milliseconds(200) && elapsed < .seconds(30))
    }

    @Test("ends a transfer at once when its task is cancelled")
    func cancellation() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        var routes = Routes()
        routes.on(.get, "/") { _ in
            arrival.yield()
            // The server cancels a route whose client is gone.
            try? await Task.sleep(for: .seconds(60))
            end.yield()
            return HTTPResponse()
        }
        try await RunningServer.serving(routes) { server in
            let task = Task {
                try await HTTPClient().send(HTTPClientRequest(url: server.url + "/", deadline: .seconds(60)))
            }
            for await _ in arrived { break }
            let start = ContinuousClock.now
            task.cancel()
            await #expect(throws: HTTPClientError.cancelled) { try await task.value }
            #expect(start.duration(to: .now) < .seconds(30))
            end.finish()
            for await _ in ended {}
        }
    }

    @Test("sends nothing for a task that was cancelled before")
    func cancelledBefore() async throws {
        let server = try await OddServer()
        let client = HTTPClient()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(HTTPClientRequest(url: server.url + "/silence", deadline: .seconds(60)))
        }
        await #expect(throws: HTTPClientError.cancelled) { try await task.value }
    }

    @Test("ends what runs when it is shut down, and refuses what comes later")
    func shutdown() async throws {
        let server = try await OddServer()
        let client = HTTPClient()
        _ = try await client.send(HTTPClientRequest(url: server.url + "/port"))
        let task = Task {
            try await client.send(HTTPClientRequest(url: server.url + "/silence", deadline: .seconds(60)))
        }
        client.shutdown()
        await #expect(throws: HTTPClientError.closed) { try await task.value }
        await #expect(throws: HTTPClientError.closed) {
            try await client.send(HTTPClientRequest(url: server.url + "/port"))
        }
    }
}

/// Opens when so many have arrived, and counts the threads of the process before: it waits a while for few, since other
/// tests have threads of their own.
private actor Turnstile {
    private(set) var threads = 0
    private var missing: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(count: Int) {
        missing = count
    }

    func arrive() async {
        missing -= 1
        guard missing <= 0 else { return await withCheckedContinuation { waiting.append($0) } }
        let deadline = ContinuousClock.now + .seconds(30)
        repeat {
            threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? Int.max
            if threads >= 100 { try? await Task.sleep(for: .milliseconds(20)) }
        } while threads >= 100 && ContinuousClock.now < deadline
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
