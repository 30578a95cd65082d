import Contracts
import HTTPServer
import HTTPTypes
import Synchronization

/// A push-sender that notes what it is told, and lets nothing older replace what is newer.
final class PushSenderStub: Sendable {
    /// What it was told; apart from the server, whose routes hold it.
    final class Notes: Sendable {
        struct State: Sendable {
            var credentials: [String: PushCredentials] = [:]
            var revisions: [Int] = []
            var calls: [String] = []
            var underway = 0
            var mostUnderway = 0
        }

        let state = Mutex(State())
        /// Runs while a call is answered.
        let delay = Mutex<(@Sendable () async -> Void)?>(nil)
        let refusals = Mutex<[HTTPStatus]>([])
        let events = Mutex<[PassEvent]>([])
        let days = Mutex<[ActivityDay]>([])

        fileprivate func answer(_ request: HTTPRequest, _ credentials: PushCredentials?) async throws {
            state.withLock {
                $0.underway += 1
                $0.mostUnderway = max($0.mostUnderway, $0.underway)
            }
            defer { state.withLock { $0.underway -= 1 } }
            if let delay = delay.withLock({ $0 }) { await delay() }
            if let status = refusals.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw Problem(status) }
            let passType = request.parameters["passTypeIdentifier"] ?? ""
            let revision = request.query.first("revision").flatMap { Int($0) } ?? 0
            state.withLock {
                $0.credentials[passType] = credentials
                $0.revisions.append(revision)
                $0.calls.append(credentials == nil ? "delete" : "put")
            }
        }
    }

    let notes = Notes()
    let url: String
    private let server: HTTPServer

    init() throws {
        var routes = Routes { (head, _) throws(Problem) in
            guard head.headers["Authorization"] == "Bearer issuer-token" else { throw Problem(.unauthorized) }
        }
        routes.serve(PushSenderEndpoints.putCredentials) { [notes] request, credentials in
            try await notes.answer(request, credentials)
            return NoBody()
        }
        routes.serve(PushSenderEndpoints.deleteCredentials) { [notes] request, _ in
            try await notes.answer(request, nil)
            return NoBody()
        }
        routes.serve(PushSenderEndpoints.tokenEvents) { [notes] request, _ in
            guard request.query.first("passTypeIdentifier") != nil else { throw Problem(.badRequest) }
            return PassEventsAnswer(events: notes.events.withLock { $0 })
        }
        routes.serve(PushSenderEndpoints.statistics) { [notes] request, _ in
            _ = try DayRange(request.query)
            return StatisticsAnswer(days: notes.days.withLock { $0 })
        }
        server = HTTPServer(
            configuration: HTTPServerConfiguration(name: "push", address: "127.0.0.1"), routes: routes)
        try server.start()
        url = "http://127.0.0.1:\(server.port)"
    }

    /// What it holds for a pass type.
    func credentials(of passType: String = "pass.example.demo") -> PushCredentials? {
        notes.state.withLock { $0.credentials[passType] }
    }

    /// Puts and deletions in their order.
    var calls: [String] { notes.state.withLock { $0.calls } }

    func stop() async {
        await server.stop(deadline: .seconds(1))
    }
}
