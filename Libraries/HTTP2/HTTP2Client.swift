/// An HTTP/2 client of one server: one thread moves the bytes of all requests over as few connections as suffice.
///
/// TLS is 1.2 or later and always verified.
public final class HTTP2Client: Sendable {
    /// Makes a client; faulty PEM is an error here, and nothing is connected before the first request.
    public init(configuration: HTTP2ClientConfiguration) throws(HTTP2Error) {
    }

    /// Sends a request and returns the answer, whatever its status; cancelling the task resets its stream.
    public func send(_ request: HTTP2Request) async throws(HTTP2Error) -> HTTP2Response {
        throw .closed(wasSent: false)
    }

    /// Sends a request without a task of its own; the completion is called once, on the client's thread, and must not
    /// block it.
    public func submit(
        _ request: HTTP2Request, completion: @escaping @Sendable (Result<HTTP2Response, HTTP2Error>) -> Void
    ) {
        completion(.failure(.closed(wasSent: false)))
    }

    /// Requests that could start at once now, beyond those that wait already: what the server's settings leave free on
    /// the open connections, and 1 while there is none.
    public var capacity: Int { 1 }

    /// Takes no further request, lets running ones finish until the deadline, and ends the connections.
    public func shutdown(deadline: Duration) async {
    }
}
