import HTTPTypes

/// What is done around chosen routes, whatever they do themselves.
public struct RouteWatch: Sendable {
    /// What answers a request.
    public typealias Handler = @Sendable (HTTPRequest) async throws -> HTTPResponse
    /// Takes a request that was answered before its handler ran, as one without the right to it, and the status.
    public typealias Refusal = @Sendable (HTTPRequestHead, HTTPStatus) async -> Void

    let around: @Sendable (HTTPRequest, Handler) async throws -> HTTPResponse
    let refused: Refusal

    /// Runs `around` in the place of each handler, which it calls or not; `refused` is told of what never came so far.
    public init(
        around: @escaping @Sendable (HTTPRequest, Handler) async throws -> HTTPResponse, refused: @escaping Refusal
    ) {
        self.around = around
        self.refused = refused
    }
}
