import HTTPTypes
import Synchronization
import Tracing

/// What all requests of a listener share.
final class ServerCore: Sendable {
    let configuration: HTTPServerConfiguration
    let router: Router
    let problemPage: Routes.ProblemPage?
    let proxies: TrustedProxies
    let connections: ConnectionTable
    let tracer: Tracer
    let onCompletion: @Sendable (AccessRecord) -> Void
    let onError: @Sendable (any Error, HTTPRequestHead) -> Void

    /// Set once the server refuses new connections; every answer then closes its connection.
    let isStopping = Atomic(false)
    /// Set once running requests are given up; a further one is refused before its route runs.
    let isEnding = Atomic(false)
    /// Requests between their header and the end of their answer.
    let running = Atomic(0)
    /// Whether a quarter of the requests that may be at work are.
    var isCrowded: Bool { running.load(ordering: .relaxed) > configuration.maximumConcurrentRequests / 4 }
    /// Handlers at work; one can outlive its request when the client went away.
    let handlers = Atomic(0)

    init(
        configuration: HTTPServerConfiguration, routes: Routes, tracer: Tracer,
        onCompletion: @escaping @Sendable (AccessRecord) -> Void,
        onError: @escaping @Sendable (any Error, HTTPRequestHead) -> Void
    ) {
        self.configuration = configuration
        self.tracer = tracer
        self.onCompletion = onCompletion
        self.onError = onError
        router = Router(routes)
        problemPage = routes.problemPage
        proxies = TrustedProxies(configuration.trustedProxies)
        connections = ConnectionTable(configuration: configuration, proxies: proxies)
    }

    /// Runs a route as a step of a trace, when there is one; whatever it throws becomes an answer.
    func run(_ route: Route, _ request: HTTPRequest, in trace: ActiveSpan?) async -> HTTPResponse {
        guard let trace else { return await run(route, request) }
        return await ActiveSpan.$current.withValue(trace) { await run(route, request) }
    }

    private func run(_ route: Route, _ request: HTTPRequest) async -> HTTPResponse {
        do {
            return try await route.handler(request)
        } catch let problem as Problem {
            return render(problem, for: request.head)
        } catch HTTPServerError.abandoned {
            return .abandoned
        } catch HTTPServerError.bodyInterrupted {
            return render(Problem(.badRequest, "The body ended early."), for: request.head)
        } catch {
            onError(error, request.head)
            return render(Problem(.internalServerError), for: request.head)
        }
    }

    /// A problem in the form that the client likes better.
    func render(_ problem: Problem, for head: HTTPRequestHead) -> HTTPResponse {
        var problem = problem
        problem.requestId = head.requestID
        if configuration.htmlProblems, MediaType.prefersHTML(accept: head.headers["Accept"]) {
            return problemPage?(problem, head) ?? ProblemPage.response(problem)
        }
        return .problem(problem)
    }

    /// When so many bytes must have gone over the wire.
    func deadline(forBytes count: Int) -> MonotonicTime {
        MonotonicTime.now.adding(configuration.bodyTimeout + .nanoseconds(Int64(clamping: transferTime(of: count))))
    }

    /// Nanoseconds that so many bytes may take.
    func transferTime(of count: Int) -> UInt64 {
        UInt64(min(Double(count) / Double(max(1, configuration.minimumBytesPerSecond)), 1e9) * 1e9)
    }

    /// When the next request's header must be whole.
    var nextRequestDeadline: MonotonicTime {
        MonotonicTime.now.adding(configuration.idleTimeout + configuration.headerTimeout)
    }
}
