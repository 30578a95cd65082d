import CMicroHTTPD
import HTTPTypes
import Synchronization
import Tracing

/// One request and its answer.
///
/// The HTTP library's thread brings the header and the body; the route runs on the cooperative pool meanwhile, and
/// the connection is suspended when there is nothing to do on it. `isSuspended` is changed under the lock together
/// with the library's call, so that a connection is resumed once for each suspension and never after its end.
final class Exchange: Sendable {
    struct State {
        var body: [UInt8] = []
        var pieces = PieceQueue()
        var received = 0
        var hasBodyEnded = false
        var isSuspended = false
        var answer: HTTPResponse?
        /// The answer was given to the library or written by ourselves.
        var isAnswered = false
        /// The answer was written by ourselves, and the library has to close the connection.
        var isCutShort = false
        var isOver = false
        var reader: CheckedContinuation<[UInt8]?, any Error>?
        var task: Task<Void, Never>?
        /// Whether the handler was called.
        var isHandled = false
    }

    let core: ServerCore
    let connection: Connection
    let handle: MHDConnection
    let admission: Admission
    let trace: ActiveSpan?
    let start = MonotonicTime.now
    let state = Mutex(State())

    init(core: ServerCore, connection: Connection, handle: MHDConnection, method: String, version: String) {
        self.core = core
        self.connection = connection
        self.handle = handle
        admission = AdmissionDesk(
            core: core, connection: connection, handle: handle, method: method, version: version
        ).admit()
        trace = core.tracer.span(continuing: TraceContext(admission.head.headers))
    }

    var head: HTTPRequestHead { admission.head }

    /// The header is whole: refuses a request before its body, or waits for the body's end.
    ///
    /// The library closes the connection after an answer at this point, so that one to a request without a body
    /// waits for `proceed`, which follows at once.
    func begin() -> MHD_Result {
        connection.begin(self)
        connection.setDeadline(core.deadline(forBytes: 0))
        guard admission.hasBody else { return .YES }
        switch admission.decision {
        case .refuse(let problem):
            return send(core.render(problem, for: head))
        case .serve(let route):
            if isStreamed { run(route, HTTPRequest(head: head, body: [], bodyStream: HTTPBodyStream(source: self))) }
            return .YES
        }
    }

    /// The body has ended, or the connection was resumed.
    func proceed() -> MHD_Result {
        if case .refuse(let problem) = admission.decision { return send(core.render(problem, for: head)) }
        let (answer, reader, body) = state.withLock { state in
            let isFirst = !state.hasBodyEnded
            state.hasBodyEnded = true
            let reader = isFirst && state.pieces.isEmpty ? state.reader.take() : nil
            let body = isFirst ? state.body : nil
            state.body = []
            // Suspended before anyone could answer, or the answer would resume what is not suspended.
            if state.answer == nil { suspend(&state) }
            return (state.answer, reader, body)
        }
        reader?.resume(returning: nil)
        if let answer { return send(answer) }
        if let body, case .serve(let route) = admission.decision, !isStreamed || !admission.hasBody {
            run(route, HTTPRequest(head: head, body: body))
        }
        return .YES
    }

    /// The request is over, its answer sent or its client gone.
    func complete(isWhole: Bool) {
        let (state, reader) = state.withLock { state in
            state.isOver = true
            state.isSuspended = false
            if state.answer == nil { state.task?.cancel() }
            return (state, state.reader.take())
        }
        reader?.resume(throwing: HTTPServerError.bodyInterrupted)
        tellRefusal(state)
        if state.isAnswered, admission.hasBody, !state.hasBodyEnded { core.connections.linger(connection) }
        connection.end(nextBy: core.nextRequestDeadline)
        if admission.holdsSlot { core.running.subtract(1, ordering: .relaxed) }
        if let client = admission.forwardedClient { core.connections.releaseForwarded(client) }
        let isComplete = (isWhole || state.isCutShort) && state.isAnswered
        core.onCompletion(
            AccessRecord(
                requestID: head.requestID, trace: trace, method: head.method, route: head.route,
                status: state.answer?.status ?? HTTPStatus(rawValue: 499),
                duration: MonotonicTime.now.duration(since: start), requestBytes: state.received,
                responseBytes: head.method == .head ? 0 : state.answer?.body.count ?? 0,
                clientAddress: head.clientAddress, isComplete: isComplete))
    }

    /// Gives up on a handler that does not end: it is cancelled and its client told.
    func abort() {
        let (task, reader) = state.withLock { ($0.task, $0.reader.take()) }
        // Answered first: a handler that is cancelled may answer at once, and what it did not finish must not count.
        answer(core.render(Problem(.serviceUnavailable, "The server is stopping.").retryAfter(seconds: 1), for: head))
        task?.cancel()
        reader?.resume(throwing: HTTPServerError.bodyInterrupted)
    }

    var isStreamed: Bool {
        if case .serve(let route) = admission.decision, case .streamed = route.body { true } else { false }
    }

    /// Takes the connection out of the library's loop; to be called on the library's thread.
    func suspend(_ state: inout State) {
        guard !state.isSuspended else { return }
        state.isSuspended = true
        connection.setDeadline(nil)
        handle.suspend()
    }

    /// Brings the connection back into the library's loop.
    func resume(_ state: inout State) {
        guard state.isSuspended, !state.isOver else { return }
        state.isSuspended = false
        connection.setDeadline(core.deadline(forBytes: 0))
        handle.resume()
    }

    /// Tells whoever watches the route that its handler was never called.
    private func tellRefusal(_ state: State) {
        guard !state.isHandled, let refused = admission.onRefusal else { return }
        let status = state.answer?.status ?? HTTPStatus(rawValue: 499)
        core.handlers.add(1, ordering: .relaxed)
        // Nobody waits for it but the server's end.
        Task {
            await refused(head, status)
            core.handlers.subtract(1, ordering: .relaxed)
        }
    }

    private func run(_ route: Route, _ request: HTTPRequest) {
        state.withLock { $0.isHandled = true }
        core.handlers.add(1, ordering: .relaxed)
        // Kept only to be cancelled when the client is gone or the server stops: a C callback is no task that
        // could own a group.
        let work: @Sendable () async -> Void = { [self] in
            answer(await core.run(route, request, in: trace))
            core.handlers.subtract(1, ordering: .relaxed)
        }
        // Without a body there is little to do before the first wait: that much is done here, which saves waking a
        // thread. A body can be long to read; and where many are at work, threads are awake, and this one has others to
        // refuse before long.
        let task = admission.hasBody || core.isCrowded ? Task(operation: work) : Task.immediate(operation: work)
        state.withLock { if $0.answer == nil { $0.task = task } }
    }
}
