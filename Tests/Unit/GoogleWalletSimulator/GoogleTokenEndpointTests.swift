import Cryptography
import GoogleWalletSimulator
import HTTPTypes
import JSON
import Testing

@Suite struct GoogleTokenEndpointTests {
    @Test("gives out a bearer token of about an hour, which calls take")
    func gives() async throws {
        try await WalletStage.run { stage in
            let answer = try await stage.ask(stage.signed(stage.claims()))
            #expect(answer.status == 200)
            #expect(answer.json["token_type"] == "Bearer")
            #expect(answer.json["expires_in"] == 3_599)
            let token = try #require(answer.json["access_token"]?.stringValue)
            #expect(token.hasPrefix("ya29.c."))
            #expect(try await stage.call(.get, "issuer/\(WalletStage.issuer)", token: token).status == 200)
        }
    }

    /// What is wrong with the claims, and Google's words for it.
    private static let faults: [(name: String, claim: String, value: JSONValue?, error: String, text: String)] = [
        ("another account", "iss", "someone@else.example", "invalid_grant", "Invalid grant: account not found"),
        ("no account", "iss", nil, "invalid_grant", "Invalid grant: account not found"),
        ("no iat", "iat", nil, "invalid_grant", "Invalid JWT: iat (issued at) is not set."),
        ("no exp", "exp", nil, "invalid_grant", "Invalid JWT: exp (expiration time) is not set."),
        (
            "another audience", "aud", "https://oauth2.googleapis.com/other", "invalid_grant",
            "Invalid JWT: Failed audience check."
        ),
        ("no audience", "aud", nil, "invalid_grant", "Invalid JWT: Failed audience check."),
        ("an empty scope", "scope", " ", "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        (
            "a scope of nobody's", "scope", "wallet", "invalid_scope",
            "Invalid OAuth scope or ID token audience provided."
        ),
    ]

    @Test("refuses claims in Google's words", arguments: faults.indices)
    func refusesClaims(_ index: Int) async throws {
        let fault = Self.faults[index]
        try await WalletStage.run { stage in
            let answer = try await stage.ask(stage.signed(stage.claims { $0[fault.claim] = fault.value }))
            #expect(answer.status == 400, "\(fault.name)")
            #expect(
                answer.json == ["error": .string(fault.error), "error_description": .string(fault.text)],
                "\(fault.name)")
        }
    }

    /// Seconds from now for iat and exp, and whether they are taken.
    @Test(
        "wants a life of an hour at most around now, clocks differing by five minutes",
        arguments: [
            (0, 3_600, true), (0, 3_601, false), (240, 3_840, true), (400, 4_000, false), (-3_600, 0, true),
            (-7_200, -3_600, false), (-100, -200, false), (0, 0, true), (Int.min / 2, Int.max / 2, false),
        ])
    func judgesTimes(_ issued: Int, _ expires: Int, _ isGood: Bool) async throws {
        try await WalletStage.run { stage in
            let now = stage.wallet.clock.now().wholeSeconds
            let claims = stage.claims {
                $0["iat"] = .number(JSONNumber(now + issued))
                $0["exp"] = .number(JSONNumber(now + expires))
            }
            let answer = try await stage.ask(stage.signed(claims))
            #expect(answer.status == (isGood ? 200 : 400))
            let text = answer.json["error_description"]?.stringValue ?? ""
            #expect(text.contains("short-lived token (60 minutes)") == !isGood)
        }
    }

    @Test("takes the times as digits in a text too")
    func takesDigits() async throws {
        try await WalletStage.run { stage in
            let claims = stage.claims {
                $0["iat"] = .string($0["iat"]?.description ?? "")
                $0["exp"] = .string($0["exp"]?.description ?? "")
            }
            let answer = try await stage.ask(stage.signed(claims))
            #expect(answer.status == 200)
        }
    }

    @Test("refuses what no key of the account has signed", arguments: ["other key", "kid", "HS256", "none"])
    func refusesSignatures(_ fault: String) async throws {
        try await WalletStage.run { stage in
            let claims = stage.claims()
            let kid = JSONValue.string(stage.account.keyID)
            let token =
                switch fault {
                case "other key": try stage.signed(claims, key: try .generateRSA())
                case "kid": try stage.signed(claims, header: ["alg": "RS256", "kid": "0123456789"])
                case "HS256":
                    JWS.sign(
                        header: Array(#"{"alg":"HS256"}"#.utf8), payload: JSONValue.object(claims).serialized(),
                        key: HMACSHA256(key: stage.account.privateKey.publicKey.der))
                default: try stage.signed(claims, header: ["alg": "none", "kid": kid])
                }
            let answer = try await stage.ask(token)
            #expect(answer.status == 400)
            #expect(
                answer.json == ["error": "invalid_grant", "error_description": "Invalid JWT Signature."])
        }
    }

    @Test("calls what is no assertion a bad request", arguments: [nil, "", "a.b", "e30.e30", "W10.e30.AA"])
    func refusesNonsense(_ assertion: String?) async throws {
        try await WalletStage.run { stage in
            let answer = try await stage.ask(assertion)
            #expect(answer.status == 400)
            #expect(answer.json == ["error": "invalid_request", "error_description": "Bad Request"])
        }
    }

    @Test("knows no other grant")
    func refusesGrants() async throws {
        try await WalletStage.run { stage in
            let answer = try await stage.ask("x", grant: "password")
            #expect(answer.status == 400)
            #expect(
                answer.json == ["error": "unsupported_grant_type", "error_description": "Invalid grant_type: password"])
        }
    }

    @Test("forgets a token when its hour is over, when it is revoked, and when nobody remembers its key")
    func ends() async throws {
        try await WalletStage.run { stage in
            stage.wallet.clock.freeze(at: .now())
            let first = try await stage.token()
            stage.wallet.clock.advance(seconds: 3_598)
            #expect(try await stage.call(.get, "issuer", token: first).status == 200)
            stage.wallet.clock.advance(seconds: 2)
            #expect(try await stage.call(.get, "issuer", token: first).status == 401)

            let second = try await stage.token()
            stage.wallet.revokeTokens(of: "someone@else.example")
            #expect(try await stage.call(.get, "issuer", token: second).status == 200)
            stage.wallet.revokeTokens(of: WalletStage.email)
            #expect(try await stage.call(.get, "issuer", token: second).status == 401)

            stage.wallet.removeServiceAccount(WalletStage.email, keyID: stage.account.keyID)
            let answer = try await stage.ask(stage.signed(stage.claims()))
            #expect(answer.json["error_description"] == "Invalid JWT Signature.")
            stage.wallet.removeServiceAccount(WalletStage.email)
            let last = try await stage.ask(stage.signed(stage.claims()))
            #expect(last.json["error_description"] == "Invalid grant: account not found")
        }
    }

    @Test("writes key files as the Cloud console does, and reads them again")
    func writesKeyFiles() async throws {
        try await WalletStage.run { stage in
            let file = try stage.account.file()
            let keys = [
                "auth_provider_x509_cert_url", "auth_uri", "client_email", "client_id", "client_x509_cert_url",
                "private_key", "private_key_id", "project_id", "token_uri", "type", "universe_domain",
            ]
            #expect(file.objectValue?.keys == keys)
            #expect(file["token_uri"]?.stringValue == stage.wallet.tokenURI)
            let read = try ServiceAccountKey(file: file)
            #expect(try await stage.ask(stage.signed(stage.claims(), key: read.privateKey)).status == 200)
        }
    }
}
