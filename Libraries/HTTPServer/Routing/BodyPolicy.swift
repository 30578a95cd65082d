/// What a route does with a request's body.
public enum BodyPolicy: Sendable {
    /// None is expected; one that comes anyway is passed over up to 64 KiB.
    case none
    /// It is read whole before the route runs; more bytes than the limit are 413.
    case collected(limit: Int)
    /// The route reads it in pieces while it comes; more bytes than the limit are 413.
    case streamed(limit: Int? = nil)

    var limit: Int? {
        switch self {
        case .none: 65_536
        case .collected(let limit): limit
        case .streamed(let limit): limit
        }
    }
}
