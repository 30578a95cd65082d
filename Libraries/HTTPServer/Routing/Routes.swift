import HTTPTypes

/// The routes of a listener.
public struct Routes: Sendable {
    /// Throws unless the request may do what one of the scopes allows.
    public typealias Authorization = @Sendable (HTTPRequestHead, Set<AccessScope>) throws(Problem) -> Void
    /// Looks at a request's header before its body is read, and throws what speaks against it.
    public typealias Check = @Sendable (HTTPRequestHead) throws(Problem) -> Void

    /// A problem as a page for a person, where a listener answers people.
    public typealias ProblemPage = @Sendable (Problem, HTTPRequestHead) -> HTTPResponse

    private let authorize: Authorization?
    /// The page of problems that no route sees; a plain one in English when nil.
    let problemPage: ProblemPage?
    private(set) var routes: [Route] = []

    /// Makes an empty set; `authorize` is asked for each route that names scopes, `problemPage` for what is told to
    /// people before a route runs.
    public init(authorize: Authorization? = nil, problemPage: ProblemPage? = nil) {
        self.authorize = authorize
        self.problemPage = problemPage
    }

    /// The templates with their methods in the order in which they were added.
    public var templates: [(method: HTTPMethod, template: PathTemplate)] {
        routes.map { ($0.method, $0.template) }
    }

    /// Adds a route. A GET route answers HEAD too, unless there is a HEAD route.
    ///
    /// In order: rate, authorisation by scopes, `check`; only then the body is read.
    public mutating func on(
        _ method: HTTPMethod, _ template: PathTemplate, scopes: Set<AccessScope> = [], body: BodyPolicy = .none,
        rate: RateLimit? = nil, check: Check? = nil,
        _ handler: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) {
        precondition(scopes.isEmpty || authorize != nil, "\(method) \(template) has scopes that nobody checks")
        let authorize = authorize
        routes.append(
            Route(
                method: method, template: template, body: body, rate: rate,
                admit: { (head) throws(Problem) in
                    if !scopes.isEmpty { try authorize?(head, scopes) }
                    try check?(head)
                }, handler: handler))
    }

    /// Watches the routes that were added so far and are chosen by method and template.
    public mutating func watch(
        _ watch: RouteWatch, where isChosen: (HTTPMethod, PathTemplate) -> Bool
    ) {
        for index in routes.indices where isChosen(routes[index].method, routes[index].template) {
            let handler = routes[index].handler
            routes[index].handler = { request in try await watch.around(request, handler) }
            routes[index].onRefusal = watch.refused
        }
    }

    /// Adds all routes of another set, with that set's authorisation.
    public mutating func include(_ other: Routes) {
        routes += other.routes
    }
}
