import Contracts
import HTTPServer
import HTTPTypes
import Synchronization

/// An issuer whose packages the test decides on; it refuses what the real one refuses.
final class StubIssuer: Sendable {
    /// What is asked, as it came.
    struct Request: Sendable {
        let method: HTTPMethod
        let segments: [String]
        let headers: HTTPHeaders
        let body: [UInt8]
    }

    static let token = "registry-to-issuer"

    private let requests = Mutex<[Request]>([])
    private let events = Mutex<[PassEventNotice]>([])
    private let eventRefusal = Mutex<HTTPStatus?>(nil)
    private let checks = Mutex<(counts: [Int], lastModified: Instant??)>(([], nil))
    private let answer = Mutex<HTTPResponse>(HTTPResponse(.notFound))
    private let server = Mutex<HTTPServer?>(nil)

    var received: [Request] { requests.withLock { $0 } }

    /// What it was told and took, each event once.
    var passEvents: [PassEventNotice] { events.withLock { $0 } }

    /// Refuses what it is told from now on; nil takes it again.
    func refusePassEvents(_ status: HTTPStatus?) {
        eventRefusal.withLock { $0 = status }
    }

    /// How many packages each check named, those that it did not take included.
    var checkedCounts: [Int] { checks.withLock { $0.counts } }

    /// Takes checks of packages from now on, as issuers of older releases do not, and says this of all of them.
    func answerChecks(_ lastModified: Instant?) {
        checks.withLock { $0.lastModified = .some(lastModified) }
    }

    /// Answers every later request so.
    func answer(_ response: HTTPResponse) {
        answer.withLock { $0 = response }
    }

    /// Starts the listener and gives its base URL.
    func start() throws -> String {
        var routes = Routes { (_, _) throws(Problem) in }
        routes.on(.get, "/rpc/v1/passes/{passTypeIdentifier}/{serialNumber}") { [self] in try take($0) }
        routes.on(
            .post, "/rpc/v1/passes/{passTypeIdentifier}/{serialNumber}/personalization",
            body: .collected(limit: 1 << 20)
        ) { [self] in try take($0) }
        routes.serve(PassIssuerEndpoints.passEvents) { [self] request, body in
            guard request.headers["Authorization"] == "Bearer \(Self.token)" else { throw Problem(.unauthorized) }
            if let status = eventRefusal.withLock({ $0 }) { throw Problem(status) }
            events.withLock { known in known += body.events.filter { event in !known.contains { $0.id == event.id } } }
            return NoBody()
        }
        routes.serve(PassIssuerEndpoints.freshness) { [self] request, body in
            guard request.headers["Authorization"] == "Bearer \(Self.token)" else { throw Problem(.unauthorized) }
            let lastModified = checks.withLock { checks in
                checks.counts.append(body.packages.count)
                return checks.lastModified
            }
            guard let lastModified else { throw Problem(.notFound) }
            return FreshnessAnswer(lastModified: body.packages.map { _ in lastModified })
        }
        let listener = HTTPServer(
            configuration: HTTPServerConfiguration(name: "issuer", address: "127.0.0.1"), routes: routes)
        try listener.start()
        server.withLock { $0 = listener }
        return "http://127.0.0.1:\(listener.port)"
    }

    private func take(_ request: HTTPRequest) throws(Problem) -> HTTPResponse {
        requests.withLock {
            $0.append(
                Request(
                    method: request.method, segments: request.segments, headers: request.headers, body: request.body))
        }
        guard request.headers["Authorization"] == "Bearer \(Self.token)" else { throw Problem(.unauthorized) }
        return answer.withLock { $0 }
    }

    /// Stops listening: from now on the issuer is down.
    func stop() async {
        await server.withLock { $0 }?.stop(deadline: .seconds(1))
    }
}
