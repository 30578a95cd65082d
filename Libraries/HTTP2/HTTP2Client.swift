/// An HTTP/2 client of one server: one thread moves the bytes of all requests over as few connections as suffice.
///
/// TLS is 1.2 or later and always verified. A request that the server cannot have processed is repeated on another
/// connection without anybody noticing; one that it may have processed ends with an error that says so.
public final class HTTP2Client: Sendable {
    private let loop: ClientLoop
    private let timeout: Duration

    /// Makes a client; faulty PEM is an error here, and nothing is connected before the first request.
    public init(configuration: HTTP2ClientConfiguration) throws(HTTP2Error) {
        loop = try ClientLoop(configuration: configuration)
        timeout = configuration.requestTimeout
    }

    deinit {
        loop.inbox.stop(deadline: .now)
    }

    /// Sends a request and returns the answer, whatever its status; cancelling the task resets its stream.
    public func send(_ request: HTTP2Request) async throws(HTTP2Error) -> HTTP2Response {
        if let fault = RequestCheck.fault(of: request) { throw .invalidRequest(fault) }
        let outcome = await perform(request)
        return try outcome.get()
    }

    private func perform(_ request: HTTP2Request) async -> Exchange.Outcome {
        let cancellation = Cancellation()
        return await withTaskCancellationHandler {
            guard !cancellation.isCancelled else { return .failure(.cancelled(wasSent: false)) }
            return await withCheckedContinuation { continuation in
                let exchange = Exchange(request: request, deadline: .now + timeout) {
                    continuation.resume(returning: $0)
                }
                loop.submit(exchange)
                if cancellation.attach(exchange) { loop.inbox.cancel(exchange) }
            }
        } onCancel: {
            if let exchange = cancellation.cancel() { loop.inbox.cancel(exchange) }
        }
    }

    /// Sends a request without a task of its own; the completion is called once, on the client's thread or the
    /// caller's, and must not block it.
    public func submit(
        _ request: HTTP2Request, completion: @escaping @Sendable (Result<HTTP2Response, HTTP2Error>) -> Void
    ) {
        if let fault = RequestCheck.fault(of: request) { return completion(.failure(.invalidRequest(fault))) }
        loop.submit(Exchange(request: request, deadline: .now + timeout, completion: completion))
    }

    /// Requests that could start at once now, beyond those that wait already: what the server's settings leave free on
    /// the open connections, and 1 while there is none.
    public var capacity: Int { loop.inbox.capacity }

    /// Takes no further request, lets running ones finish until the deadline, and ends the connections.
    public func shutdown(deadline: Duration) async {
        await loop.inbox.stopAndWait(deadline: .now + deadline)
    }
}
