import Cryptography
import HTTPTypes
import JSON

/// The request for an access token: a JWT that the service account signs (RFC 7523).
enum TokenAssertion {
    /// The one scope of Google Wallet's API.
    static let scope = "https://www.googleapis.com/auth/wallet_object.issuer"

    private static let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

    /// The form that is posted to the account's token URI.
    static func form(for account: ServiceAccount, at now: Instant) throws(CryptographyError) -> [UInt8] {
        let assertion = try jwt(for: account, at: now)
        return Array("grant_type=\(PercentEncoding.encodeSegment(grant))&assertion=\(assertion)".utf8)
    }

    static func jwt(for account: ServiceAccount, at now: Instant) throws(CryptographyError) -> String {
        var header: JSONObject = ["alg": "RS256", "typ": "JWT"]
        header["kid"] = account.privateKeyID.map(JSONValue.string)
        let claims: JSONObject = [
            "iss": .string(account.clientEmail), "scope": .string(scope), "aud": .string(account.tokenURI),
            "iat": .number(JSONNumber(now.wholeSeconds)), "exp": .number(JSONNumber(now.wholeSeconds + 3_600)),
        ]
        return try JWS.sign(
            header: JSONValue.object(header).serialized(), payload: JSONValue.object(claims).serialized(),
            key: account.privateKey)
    }
}
