import HTTPTypes

/// What came of sending a push once.
enum APNsAnswer: Sendable, Hashable {
    /// APNs answered.
    case response(status: Int, reason: APNsReason?, timestamp: Instant?)
    /// It did not.
    case none(NoAnswer)

    /// What the operator is told of it: APNs' own word when there is one.
    var fault: String? {
        switch self {
        case .response(200, _, _): nil
        case .response(let status, let reason, _): reason?.rawValue ?? "status \(status)"
        case .none(let cause): cause.description
        }
    }
}
