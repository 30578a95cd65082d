import HTTPClient
import HTTPTypes

extension RPCError {
    /// The status that was answered, when anything was.
    var status: HTTPStatus? {
        switch self {
        case .problem(let problem): HTTPStatus(rawValue: problem.status)
        case .malformedResponse(let status): status
        case .unreachable, .invalidCall: nil
        }
    }
}
