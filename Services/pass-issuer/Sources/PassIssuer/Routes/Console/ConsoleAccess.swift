import Contracts
import Cryptography
import HTTPServer
import HTTPTypes
import ServiceKit

/// Lets the console's session open what the admin token opens, on the internal listener alone.
struct ConsoleAccess: Sendable {
    let tokens: AccessTokens
    let sessions: ConsoleSessions
    let clock: @Sendable () -> Instant

    static let cookie = "console_session"
    static let csrfHeader = "X-CSRF-Token"

    /// What `Routes` asks: a bearer token counts before a session.
    var authorization: Routes.Authorization {
        { (head, scopes) throws(Problem) in
            guard head.headers["Authorization"] == nil, scopes.contains(.admin), let session = session(in: head) else {
                return try tokens.authorize(head.headers, scopes)
            }
            try Self.requireSameOrigin(head)
            if head.method != .get, head.method != .head { try Self.requireCSRFToken(of: session, in: head) }
            try authorize(session.token, scopes)
        }
    }

    /// Who asks, for the audit log.
    func actor(of head: HTTPRequestHead) -> String {
        guard head.headers["Authorization"] == nil, let session = session(in: head) else {
            return tokens.actor(of: head.headers)
        }
        return tokens.actor(of: [
            "Authorization": "Bearer \(session.token.value)", AccessTokens.consoleSession: session.name,
        ])
    }

    /// Throws unless a token opens one of the scopes now.
    func authorize(_ token: Secret<String>, _ scopes: Set<AccessScope>) throws(Problem) {
        try tokens.authorize(["Authorization": "Bearer \(token.value)"], scopes)
    }

    /// The session that a request's cookie holds.
    func session(in head: HTTPRequestHead) -> ConsoleSession? {
        for field in head.headers.values(for: "Cookie") {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == Self.cookie else { continue }
                if let session = sessions.session(String(parts[1]), at: clock()) { return session }
            }
        }
        return nil
    }

    /// The admin token that a request was let in with, to ask another service in its name.
    func token(of request: HTTPRequest) -> String? {
        guard let authorization = request.headers["Authorization"] else {
            return session(in: request.head)?.token.value
        }
        return authorization.split(separator: " ", maxSplits: 1).last.map(String.init)
    }

    /// Other ports of the same host are the same site to a cookie, but not the same origin.
    static func requireSameOrigin(_ head: HTTPRequestHead) throws(Problem) {
        guard let site = head.headers["Sec-Fetch-Site"], site != "same-origin", site != "none" else { return }
        throw Problem(.forbidden, "Another site asked this in the console's name.")
    }

    static func requireCSRFToken(of session: ConsoleSession, in head: HTTPRequestHead) throws(Problem) {
        let shown = Array((head.headers[csrfHeader] ?? "").utf8)
        guard constantTimeEquals(shown, Array(session.csrfToken.value.utf8)) else {
            throw Problem(.forbidden, "The request lacks the session's \(csrfHeader). Load the console anew.")
        }
    }
}
