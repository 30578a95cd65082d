import Cryptography
import HTTPServer
import HTTPTypes

/// The tokens of internal callers, known by their SHA-256 alone.
public struct AccessTokens: Sendable {
    private let entries: [(scope: AccessScope, digest: [UInt8])]

    /// Takes the digests of each scope; two let a token be changed without a gap.
    public init(digests: [AccessScope: [[UInt8]]]) {
        entries = digests.flatMap { scope, digests in digests.map { (scope, $0) } }
    }

    /// What `Routes` asks: 401 without a known token, 403 with one that none of the scopes belongs to.
    public var authorization: Routes.Authorization {
        { (head, scopes) throws(Problem) in try authorize(head.headers, scopes) }
    }

    /// Throws unless the request's bearer token opens one of the scopes.
    public func authorize(_ headers: HTTPHeaders, _ scopes: Set<AccessScope>) throws(Problem) {
        let held = Self.token(in: headers).map(scopesOpened) ?? []
        guard !held.isEmpty else {
            throw Problem(
                .unauthorized, "This needs a bearer token.", headers: ["WWW-Authenticate": "Bearer"])
        }
        guard !held.isDisjoint(with: scopes) else {
            throw Problem(.forbidden, "The token does not allow this.")
        }
    }

    /// The header field in which the console names its session to other services.
    public static let consoleSession = "X-Console-Session"

    /// Who asks, for the audit log: the beginning of the known token's digest, and before it the session of the console
    /// that passed the request on.
    public func actor(of headers: HTTPHeaders) -> String {
        guard let token = Self.token(in: headers), !scopesOpened(by: token).isEmpty else { return "unknown" }
        let name = "token:" + Hex.encode(Array(SHA256.digest(Array(token.utf8)).prefix(4)))
        guard let session = headers[Self.consoleSession], session.count == 8, session.allSatisfy(\.isHexDigit) else {
            return name
        }
        return "console:\(session) \(name)"
    }

    /// Compares with every digest, so that the time tells nothing of which one fits.
    private func scopesOpened(by token: String) -> Set<AccessScope> {
        let digest = SHA256.digest(Array(token.utf8))
        var scopes: Set<AccessScope> = []
        for entry in entries where constantTimeEquals(entry.digest, digest) { scopes.insert(entry.scope) }
        return scopes
    }

    private static func token(in headers: HTTPHeaders) -> String? {
        let values = headers.values(for: "Authorization")
        guard values.count == 1, let value = values.first else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        // The scheme's name is compared without regard to case (RFC 9110 §11.1).
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1].trimmingSpaces()
        return token.isEmpty ? nil : token
    }
}
