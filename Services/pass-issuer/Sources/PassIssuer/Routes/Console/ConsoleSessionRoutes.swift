import Contracts
import Cryptography
import HTTPServer
import HTTPTypes

/// `/console/session`: signing in and out (internal).
struct ConsoleSessionRoutes: Sendable {
    let access: ConsoleAccess
    let clock: @Sendable () -> Instant
    /// One try every ten seconds, after ten at once.
    let rate = RateLimit(perSecond: 0.1, burst: 10)

    static let path: PathTemplate = "/console/session"

    func add(to routes: inout Routes) {
        routes.on(
            .post, Self.path, body: .collected(limit: 4_096), rate: rate,
            check: { (head) throws(Problem) in try Self.requireConsole(head) }, { try signIn($0) })
        routes.on(.get, Self.path) { request in
            guard let session = valid(in: request) else { throw Problem(.unauthorized, "Nobody is signed in.") }
            return try Self.answer(session)
        }
        routes.on(.delete, Self.path) { request in
            try Self.requireConsole(request.head)
            if let session = access.session(in: request.head) {
                try ConsoleAccess.requireCSRFToken(of: session, in: request.head)
            }
            var response = HTTPResponse(.noContent)
            response.headers["Set-Cookie"] = Self.cookie("", seconds: 0, request)
            return response
        }
    }

    private func signIn(_ request: HTTPRequest) throws -> HTTPResponse {
        let token = Secret(try request.decode(ConsoleSignIn.self, unknownKeys: .refused).token.value)
        do {
            try access.authorize(token, [.admin])
        } catch {
            throw Problem(.unauthorized, "This is not the admin token.")
        }
        let (session, text) = access.sessions.begin(with: token, at: clock())
        var response = try Self.answer(session)
        response.headers["Set-Cookie"] = Self.cookie(text, seconds: ConsoleSessions.lifetime, request)
        return response
    }

    private func valid(in request: HTTPRequest) -> ConsoleSession? {
        guard let session = access.session(in: request.head) else { return nil }
        do {
            try access.authorize(session.token, [.admin])
            return session
        } catch {
            return nil
        }
    }

    private static func answer(_ session: ConsoleSession) throws -> HTTPResponse {
        var response = try HTTPResponse.json(
            ConsoleSessionAnswer(csrfToken: session.csrfToken.value, expiresAt: session.expiresAt))
        response.headers["Cache-Control"] = "no-store, private"
        return response
    }

    private static func cookie(_ text: String, seconds: Int, _ request: HTTPRequest) -> String {
        // The proxy that ends TLS says so; a client that claims it binds only itself.
        let isSecure = request.headers["X-Forwarded-Proto"]?.lowercased() == "https"
        return "\(ConsoleAccess.cookie)=\(text); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "")
    }

    /// Forms of other sites can send neither this media type nor this header.
    private static func requireConsole(_ head: HTTPRequestHead) throws(Problem) {
        try ConsoleAccess.requireSameOrigin(head)
        guard head.method == .delete || MediaType(head.headers["Content-Type"] ?? "")?.isJSON == true else {
            throw Problem(.unsupportedMediaType, "The body must be application/json.")
        }
    }
}
