import HTTP2
import Support
import Synchronization

/// A server of ours that counts what it is asked.
final class TestServer: Sendable {
    /// What was asked so far.
    struct Record {
        var paths: [String: Int] = [:]
        var open = 0
        var mostOpen = 0
        var held: [HTTP2Responder] = []

        /// Requests that were asked more than once.
        var repeated: Int { paths.values.filter { $0 > 1 }.count }
    }

    typealias Handler = @Sendable (HTTP2ServerRequest, HTTP2Responder, TestServer) -> Void

    let server: HTTP2Server
    let authority: PassAuthority
    private let record = Mutex(Record())

    private init(_ authority: PassAuthority, _ server: HTTP2Server) {
        self.authority = authority
        self.server = server
    }

    /// Starts one that answers 200 with the request's own body.
    static func start(
        _ configure: (inout HTTP2ServerConfiguration, PassAuthority) throws -> Void = { _, _ in }
    ) async throws -> TestServer {
        try await start(configure) { request, responder, _ in
            responder.respond(HTTP2Response(status: 200, headers: ["x-path": request.path], body: request.body))
        }
    }

    /// Starts one with a handler of its own.
    static func start(
        _ configure: (inout HTTP2ServerConfiguration, PassAuthority) throws -> Void = { _, _ in },
        handler: @escaping Handler
    ) async throws -> TestServer {
        let authority = try await PassAuthority.shared()
        var configuration = HTTP2ServerConfiguration(identity: try authority.identity("server"))
        try configure(&configuration, authority)
        let box = Box()
        let made = try HTTP2Server(configuration: configuration) { request, responder in
            guard let test = box.value else { return }
            test.record.withLock { $0.paths[request.path, default: 0] += 1 }
            handler(request, responder, test)
        }
        let test = TestServer(authority, made)
        box.value = test
        try made.start()
        return test
    }

    /// A client of it.
    func client(_ configure: (inout HTTP2ClientConfiguration) throws -> Void = { _ in }) throws -> HTTP2Client {
        var configuration = HTTP2ClientConfiguration(
            host: "127.0.0.1", port: server.port, trustedCertificates: try authority.pem("root.pem"),
            maximumConnections: 1, firstReconnectPause: .milliseconds(20))
        try configure(&configuration)
        return try HTTP2Client(configuration: configuration)
    }

    /// What was asked so far.
    var seen: Record { record.withLock { $0 } }

    /// Keeps a request open; it counts as such until it is answered by ``release(_:)`` or by the handler.
    func hold(_ responder: HTTP2Responder) {
        record.withLock { record in
            record.held.append(responder)
            record.open += 1
            record.mostOpen = max(record.mostOpen, record.open)
        }
    }

    /// Answers requests that are held, the oldest first.
    func release(_ count: Int = .max) {
        let released = record.withLock { record in
            let released = Array(record.held.prefix(count))
            record.held.removeFirst(released.count)
            record.open -= released.count
            return released
        }
        for responder in released { responder.respond(HTTP2Response(status: 200)) }
    }
}

/// A place that is filled after it was handed over. It keeps the server until the tests' process ends, since tests need
/// their server longer than they name it.
private final class Box: Sendable {
    private let place = Mutex<TestServer?>(nil)

    var value: TestServer? {
        get { place.withLock { $0 } }
        set { place.withLock { $0 = newValue } }
    }
}
