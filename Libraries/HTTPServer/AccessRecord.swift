import HTTPTypes
import Tracing

/// What one answered request was; its path is left out since links and tokens stand in paths.
public struct AccessRecord: Sendable {
    /// The id that the answer carried.
    public let requestID: String
    /// The step of a trace that the request was; nil outside of any trace.
    public let trace: ActiveSpan?
    /// The request's method.
    public let method: HTTPMethod
    /// The route's template, or `-` when none matched.
    public let route: String
    /// The answer's status.
    public let status: HTTPStatus
    /// From the request's header to the end of the answer.
    public let duration: Duration
    /// Bytes of the request's body that were read.
    public let requestBytes: Int
    /// Bytes of the answer's body.
    public let responseBytes: Int
    /// The client, behind trusted proxies the one they named.
    public let clientAddress: String
    /// Whether the answer was sent whole.
    public let isComplete: Bool
}
