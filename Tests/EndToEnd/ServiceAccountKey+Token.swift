import Cryptography
import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON
import Testing

extension ServiceAccountKey {
    /// Gets an access token as Google's guide for server to server applications has it, not as google-bridge does.
    func accessToken(_ client: HTTPClient) async throws -> String {
        let now = Instant.now().wholeSeconds
        let claims: JSONValue = [
            "iss": .string(clientEmail), "scope": "https://www.googleapis.com/auth/wallet_object.issuer",
            "aud": .string(tokenURI), "iat": .number(JSONNumber(now)), "exp": .number(JSONNumber(now + 600)),
        ]
        let assertion = try JWS.sign(
            header: Array(#"{"alg":"RS256"}"#.utf8), payload: claims.serialized(), key: privateKey)
        let form = QueryItems([
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion),
        ])
        let granted = try await client.send(
            HTTPClientRequest(
                method: .post, url: tokenURI, headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(form.encoded.utf8)))
        return try #require(JSON.parse(granted.body)["access_token"]?.stringValue)
    }
}
