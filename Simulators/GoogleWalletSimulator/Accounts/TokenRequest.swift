import Cryptography
import HTTPTypes
import JSON

/// An assertion shown at the token endpoint (RFC 7523), judged in the order in which Google judges.
struct TokenRequest {
    /// The one scope of Google Wallet.
    static let issuerScope = "https://www.googleapis.com/auth/wallet_object.issuer"
    private static let grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    private static let scopePrefix = "https://www.googleapis.com/auth/"
    /// What clocks may differ by.
    private static let skew = 300
    private static let longestLife = 3_600

    private let token: JWS.Parsed
    private let header: JSONValue
    private let claims: JSONValue

    /// Takes the form apart.
    init(form: QueryItems) throws(TokenRefusal) {
        let grant = form.first("grant_type") ?? ""
        guard grant == Self.grantType else {
            throw TokenRefusal("unsupported_grant_type", "Invalid grant_type: \(grant)")
        }
        guard let assertion = form.first("assertion"),
            let token = try? JWS.parse(assertion),  // Whatever is wrong with it, Google has two words for it.
            let header = try? JSON.parse(token.headerJSON), header.objectValue != nil,
            let claims = try? JSON.parse(token.payload), claims.objectValue != nil
        else { throw TokenRefusal("invalid_request", "Bad Request") }
        self.token = token
        self.header = header
        self.claims = claims
    }

    /// Who asks and for what, once everything is in order.
    func grant(
        accounts: Accounts, audience: String, now: Instant, lifetime: Int
    ) throws(TokenRefusal) -> AccessTokens.Grant {
        let email = claims["iss"]?.stringValue ?? ""
        guard let keys = accounts.keys(of: email, named: header["kid"]?.stringValue) else {
            throw .grant("Invalid grant: account not found")
        }
        guard header["alg"]?.stringValue == "RS256", keys.contains(where: { JWS.verify(token, key: $0) }) else {
            throw .grant("Invalid JWT Signature.")
        }
        try checkTimes(now)
        let scopes = (claims["scope"]?.stringValue ?? "").split(separator: " ").map(String.init)
        guard !scopes.isEmpty, scopes.allSatisfy({ $0.hasPrefix(Self.scopePrefix) }) else {
            throw TokenRefusal("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        }
        guard claims["aud"]?.stringValue == audience else {
            throw .grant("Invalid JWT: Failed audience check.")
        }
        return AccessTokens.Grant(clientEmail: email, scopes: scopes, expiresAt: now.adding(seconds: lifetime))
    }

    private func checkTimes(_ now: Instant) throws(TokenRefusal) {
        guard let issuedAt = Self.seconds(claims["iat"]) else {
            throw .grant("Invalid JWT: iat (issued at) is not set.")
        }
        guard let expiresAt = Self.seconds(claims["exp"]) else {
            throw .grant("Invalid JWT: exp (expiration time) is not set.")
        }
        let time = now.wholeSeconds
        let reach = Self.longestLife + Self.skew
        guard (time - reach...time + Self.skew).contains(issuedAt),
            (time - Self.skew...time + reach).contains(expiresAt),
            (0...Self.longestLife).contains(expiresAt - issuedAt)
        else {
            throw .grant(
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
                    + "Check your iat and exp values in the JWT claim.")
        }
    }

    /// A number or, as Google takes it too, its digits as a text.
    private static func seconds(_ value: JSONValue?) -> Int? {
        value?.intValue ?? value?.stringValue.flatMap { Int($0) }
    }
}

/// Why no access token is given out, in the form of OAuth (RFC 6749 §5.2).
struct TokenRefusal: Error {
    let code: String
    let text: String

    init(_ code: String, _ text: String) {
        self.code = code
        self.text = text
    }

    static func grant(_ text: String) -> TokenRefusal { TokenRefusal("invalid_grant", text) }

    var json: JSONValue { ["error": .string(code), "error_description": .string(text)] }
}
