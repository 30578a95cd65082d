import Cryptography
import Foundation
import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON

/// A running wallet with one issuer, one service account, and a client of them.
struct WalletStage: Sendable {
    static let issuer = "3388000000022141777"
    static let email = "passes@tests.iam.gserviceaccount.com"
    /// Made once: RSA keys take their time.
    private static let key = Result { try PrivateKey.generateRSA() }

    let wallet: GoogleWallet
    let client: HTTPClient
    let account: ServiceAccountKey

    /// An answer and its body.
    struct Answer: Sendable {
        let response: HTTPClientResponse
        let json: JSONValue

        var status: Int { response.status.rawValue }
        var error: JSONValue? { json["error"] }
        var message: String? { json["error"]?["message"]?.stringValue }
        var reason: String? { json["error"]?["errors"]?[0]?["reason"]?.stringValue }
    }

    /// Serves for the time of a test; the pace is lifted unless the test wants it.
    static func run<Outcome: Sendable>(
        _ configure: (inout GoogleWalletConfiguration) throws -> Void = { $0.settings.callsPerSecond = 0 },
        _ body: @escaping @Sendable (WalletStage) async throws -> Outcome
    ) async throws -> Outcome {
        var configuration = GoogleWalletConfiguration()
        try configure(&configuration)
        let client = HTTPClient()
        defer { client.shutdown() }
        return try await GoogleWallet.serving(configuration) { wallet in
            try wallet.put(Issuer(issuerId: issuer, name: "Tests"))
            let account = try wallet.makeServiceAccount(email, issuers: [issuer], privateKey: try key.get())
            return try await body(WalletStage(wallet: wallet, client: client, account: account))
        }
    }

    /// The id of a class or object of the issuer.
    static func id(_ suffix: String) -> String { "\(issuer).\(suffix)" }

    // MARK: - tokens

    /// The claims of an assertion that is in order.
    func claims(_ change: (inout JSONObject) -> Void = { _ in }) -> JSONObject {
        let now = wallet.clock.now().wholeSeconds
        var claims: JSONObject = [
            "iss": .string(account.clientEmail), "scope": "https://www.googleapis.com/auth/wallet_object.issuer",
            "aud": .string(wallet.tokenURI), "iat": .number(JSONNumber(now)), "exp": .number(JSONNumber(now + 3_600)),
        ]
        change(&claims)
        return claims
    }

    /// A token signed with the account's key.
    func signed(_ claims: JSONObject, header: JSONObject? = nil, key: PrivateKey? = nil) throws -> String {
        let header = header ?? ["alg": "RS256", "typ": "JWT", "kid": .string(account.keyID)]
        return try JWS.sign(
            header: JSONValue.object(header).serialized(), payload: JSONValue.object(claims).serialized(),
            key: key ?? account.privateKey)
    }

    /// Shows an assertion at the token endpoint.
    func ask(
        _ assertion: String?, grant: String = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    ) async throws -> Answer {
        var items = [("grant_type", grant)]
        if let assertion { items.append(("assertion", assertion)) }
        return try await send(
            HTTPClientRequest(
                method: .post, url: wallet.tokenURI, headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(QueryItems(items).encoded.utf8)))
    }

    /// A new access token.
    func token() async throws -> String {
        let answer = try await ask(signed(claims()))
        guard let token = answer.json["access_token"]?.stringValue else {
            throw ExpectedToken(answer: "\(answer.json)")
        }
        return token
    }

    struct ExpectedToken: Error {
        let answer: String
    }

    // MARK: - calls

    /// Calls the REST interface with a new token, or the one given.
    func call(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil, token: String? = nil,
        headers: HTTPHeaders = [:]
    ) async throws -> Answer {
        var headers = headers
        if body != nil { headers["Content-Type"] = "application/json" }
        let bearer: String
        if let token { bearer = token } else { bearer = try await self.token() }
        headers["Authorization"] = "Bearer \(bearer)"
        return try await send(
            HTTPClientRequest(
                method: method, url: "\(wallet.url)/walletobjects/v1/\(path)", headers: headers,
                body: body?.serialized() ?? []))
    }

    func send(_ request: HTTPClientRequest) async throws -> Answer {
        let response = try await client.send(request)
        // Not everything is JSON.
        return Answer(response: response, json: (try? JSON.parse(response.body)) ?? .null)
    }

    /// Makes the class and the object of a kind as they must be at least.
    func provide(_ kind: SampleKind, suffix: String = "1") async throws {
        let token = try await token()
        for (path, body) in [
            ("\(kind.rawValue)Class", kind.classResource(suffix)),
            ("\(kind.rawValue)Object", kind.objectResource(suffix)),
        ] {
            let answer = try await call(.post, path, .object(body), token: token)
            guard answer.status == 200 else { throw ExpectedToken(answer: "\(path): \(answer.json)") }
        }
    }
}
