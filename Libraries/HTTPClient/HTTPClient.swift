import Tracing

/// An HTTP/1.1 client: one thread moves the bytes of all requests, and connections are used again.
///
/// Proxies of the environment are not used. TLS is 1.2 or later and always verified.
public final class HTTPClient: Sendable {
    private let thread: EventThread

    /// Makes a client; its thread starts with the first request.
    public init(configuration: HTTPClientConfiguration = .init()) {
        thread = EventThread(configuration: configuration)
    }

    deinit {
        thread.stop()
    }

    /// Sends a request and returns the answer, whatever its status; cancelling the task ends the transfer at once.
    ///
    /// A request on a kept connection that the server closed meanwhile is sent again on a new one.
    public func send(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        guard let trace = ActiveSpan.current else { return try await transfer(request) }
        let step = ClientStep(request)
        do throws(HTTPClientError) {
            let response = try await transfer(request.telling(step?.context ?? trace.context))
            step?.end(.success(response))
            return response
        } catch {
            step?.end(.failure(error))
            throw error
        }
    }

    private func transfer(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        if let fault = RequestCheck.fault(of: request) { throw .invalidRequest(fault) }
        let transfer = Transfer(request: request)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                thread.start(transfer, continuation)
            }
        } onCancel: {
            thread.cancel(transfer)
        }
        return try outcome.get()
    }

    /// Ends the requests that run with `HTTPClientError.closed`, and refuses further ones.
    public func shutdown() {
        thread.stop()
    }
}
