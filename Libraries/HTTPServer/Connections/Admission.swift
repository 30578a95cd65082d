import HTTPTypes

/// What becomes of a request, decided on its header alone.
struct Admission: Sendable {
    enum Decision: Sendable {
        case serve(Route)
        case refuse(Problem)
    }

    let head: HTTPRequestHead
    let decision: Decision
    /// Told when the request is answered without its handler.
    let onRefusal: RouteWatch.Refusal?
    /// The length that the body claims to have; nil when it is chunked or there is none.
    let contentLength: Int?
    let hasBody: Bool
    /// The client that a trusted proxy named, counted until the request's end.
    let forwardedClient: IPAddress?
    /// Whether the request counts as one at work.
    let holdsSlot: Bool
}
