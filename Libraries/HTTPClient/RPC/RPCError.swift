import HTTPTypes

/// Why a call to another service failed.
public enum RPCError: Error, Sendable {
    /// The service answered with a problem, or with an error status alone.
    case problem(Problem)
    /// No answer came.
    case unreachable(HTTPClientError)
    /// The answer is not what the endpoint promises.
    case malformedResponse(HTTPStatus)
    /// The call cannot be written: a place of the path is missing, or the body cannot be encoded.
    case invalidCall
}

extension RPCError: CustomStringConvertible {
    /// Safe to log.
    public var description: String {
        switch self {
        case .problem(let problem): "the service answered \(problem)"
        case .unreachable(let error): "the service gave no answer: \(error)"
        case .malformedResponse(let status): "the service's answer (\(status.rawValue)) is not as its interface says"
        case .invalidCall: "the call cannot be written"
        }
    }
}
