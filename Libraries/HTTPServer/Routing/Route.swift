import HTTPTypes

/// One method of one template, and what answers it.
struct Route: Sendable {
    let method: HTTPMethod
    let template: PathTemplate
    let body: BodyPolicy
    let rate: RateLimit?
    /// Everything that is decided on the header alone: authentication first.
    let admit: @Sendable (HTTPRequestHead) throws(Problem) -> Void
    var handler: @Sendable (HTTPRequest) async throws -> HTTPResponse
    /// Told of a request that was answered before its handler ran.
    var onRefusal: RouteWatch.Refusal?
}
