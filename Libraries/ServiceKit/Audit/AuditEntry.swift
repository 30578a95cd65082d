import HTTPServer
import HTTPTypes
import JSON

/// What an administrator did, or was refused.
public struct AuditEntry: Codable, Hashable, Sendable {
    /// When it began.
    public var at: Instant
    /// Who: `token:` or `console:` with the first digits of a digest, `service`, or `unknown` for whoever showed neither.
    public var actor: String
    /// The method; of what a service ended by itself, the word for it.
    public var method: String
    /// The route's template.
    public var route: String
    /// The texts in the places of the template.
    public var ids: [String: String]
    /// The status that it was answered; absent while it runs, and when the process ended before.
    public var status: Int?
    /// The request's id.
    public var requestId: String

    /// Makes an entry.
    public init(
        at: Instant, actor: String, method: String, route: String, ids: [String: String] = [:], status: Int? = nil,
        requestId: String
    ) {
        self.at = at
        self.actor = actor
        self.method = method
        self.route = route
        self.ids = ids
        self.status = status
        self.requestId = requestId
    }

    /// The entry of a request that begins now.
    init(_ head: HTTPRequestHead, actor: String, status: Int? = nil) {
        self.init(
            at: .now(), actor: actor, method: head.method.rawValue, route: head.route,
            ids: Dictionary(
                PathTemplate(stringLiteral: head.route).parameterNames.map { ($0, head.parameters[$0] ?? "") }
            ) { first, _ in first },
            status: status, requestId: head.requestID)
    }
}
