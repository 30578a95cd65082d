import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON
import Testing

@Suite struct GoogleCallTests {
    @Test("asks for a login, in the old envelope alone")
    func wantsLogin() async throws {
        try await WalletStage.run { stage in
            let answer = try await stage.send(
                HTTPClientRequest(url: "\(stage.wallet.url)/walletobjects/v1/genericClass/\(WalletStage.id("a"))"))
            #expect(answer.status == 401)
            #expect(
                answer.json == [
                    "error": [
                        "code": 401, "message": "Login Required.",
                        "errors": [
                            [
                                "message": "Login Required.", "domain": "global", "reason": "required",
                                "locationType": "header", "location": "Authorization",
                            ]
                        ],
                    ]
                ])
        }
    }

    @Test("does not know a token that it has not given out")
    func refusesToken() async throws {
        try await WalletStage.run { stage in
            let answer = try await stage.call(.get, "issuer", token: "ya29.c.invented")
            #expect(answer.status == 401)
            #expect(answer.error?["status"] == "UNAUTHENTICATED")
            #expect(answer.reason == "authError")
        }
    }

    @Test("tells a scope that is not enough from a service account that is no user of the issuer")
    func refusesPermission() async throws {
        try await WalletStage.run { stage in
            let narrow = try await stage.ask(
                stage.signed(stage.claims { $0["scope"] = "https://www.googleapis.com/auth/cloud-platform" }))
            let token = try #require(narrow.json["access_token"]?.stringValue)
            let scope = try await stage.call(.get, "genericClass/\(WalletStage.id("a"))", token: token)
            #expect(scope.status == 403)
            #expect(scope.reason == "insufficientPermissions")
            #expect(scope.error?["errors"]?[0]?["domain"] == "global")

            try stage.wallet.put(Issuer(issuerId: "42", name: "Others"))
            let user = try await stage.call(.post, "genericClass", ["id": "42.a"])
            #expect(user.status == 403)
            #expect(
                user.json == [
                    "error": [
                        "code": 403, "message": "Permission denied.",
                        "errors": [
                            [
                                "message": "Permission denied.", "domain": "walletobjects",
                                "reason": "permissionDenied",
                            ]
                        ],
                    ]
                ])
        }
    }

    @Test("lets readers read and not write")
    func knowsRoles() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.generic)
            stage.wallet.changeIssuer(WalletStage.issuer) { $0.permissions[WalletStage.email] = .reader }
            let token = try await stage.token()
            let path = "genericObject/\(WalletStage.id("object-1"))"
            #expect(try await stage.call(.get, path, token: token).status == 200)
            #expect(try await stage.call(.patch, path, ["state": "EXPIRED"], token: token).status == 403)
        }
    }

    @Test(
        "knows no address or method beside its own",
        arguments: [
            ("DELETE", "genericClass/3388000000022141777.a"), ("GET", "couponClass/3388000000022141777.a"),
            ("POST", "genericClass/3388000000022141777.a"), ("GET", "genericClasses"), ("GET", "jwt"),
        ])
    func knowsAddresses(_ method: String, _ path: String) async throws {
        try await WalletStage.run { stage in
            let answer = try await stage.call(HTTPMethod(rawValue: method), path)
            #expect(answer.status == 404)
            #expect(answer.response.headers["Content-Type"] == "text/html; charset=UTF-8")
            #expect(String(decoding: answer.response.body, as: UTF8.self).contains("Error 404 (Not Found)!!1"))
        }
    }

    @Test("answers with the header fields that were recorded, compressed when both signs ask for it")
    func writesHeaders() async throws {
        try await WalletStage.run { stage in
            let plain = try await stage.call(.get, "issuer")
            #expect(plain.response.headers["Content-Type"] == "application/json; charset=UTF-8")
            #expect(plain.response.headers["Vary"] == "Origin, X-Origin, Referer")
            #expect(plain.response.headers["Server"] == "ESF")
            #expect(plain.response.headers["Cache-Control"] == "private")
            #expect(plain.response.headers["Content-Encoding"] == nil)

            let half = try await stage.call(.get, "issuer", headers: ["Accept-Encoding": "gzip"])
            #expect(half.response.headers["Content-Encoding"] == nil)

            let packed = try await stage.call(
                .get, "issuer", headers: ["Accept-Encoding": "gzip", "User-Agent": "wallet (gzip)"])
            #expect(packed.response.headers["Content-Encoding"] == "gzip")
            let unpacked = try ExternalTool.run("gzip", "-dc", input: packed.response.body)
            #expect(unpacked.output == plain.response.body)
        }
    }

    @Test("answers the fields that were asked for, and compact when that is wished")
    func selects() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let id = WalletStage.id("object-1")
            let one = try await stage.call(.get, "loyaltyObject/\(id)?fields=id,hasUsers&prettyPrint=false")
            #expect(one.response.body == Array(#"{"hasUsers":false,"id":"\#(id)"}"#.utf8))
            let many = try await stage.call(
                .get, "loyaltyObject?classId=\(WalletStage.id("class-1"))&fields=resources(id,classReference/id)")
            #expect(many.json == ["resources": [["id": .string(id)]]])
            let nested = try await stage.call(.get, "loyaltyObject/\(id)?fields=classReference/programName")
            #expect(nested.json == ["classReference": ["programName": "Club"]])
            #expect(try await stage.call(.get, "loyaltyObject/\(id)?fields=a(").status == 400)
        }
    }

    @Test("says what is wrong with a body that is no JSON, or no object", arguments: ["{", "[]", #"{"a":1,"a":2}"#])
    func refusesBodies(_ body: String) async throws {
        try await WalletStage.run { stage in
            let answer = try await stage.send(
                HTTPClientRequest(
                    method: .post, url: "\(stage.wallet.url)/walletobjects/v1/genericClass",
                    headers: [
                        "Authorization": "Bearer \(try await stage.token())", "Content-Type": "application/json",
                    ], body: Array(body.utf8)))
            #expect(answer.status == 400)
            #expect(answer.message?.hasPrefix("Invalid JSON payload received.") == true)
            #expect(answer.error?["status"] == "INVALID_ARGUMENT")
        }
    }

    @Test("lists the issuers of the caller, and its users, whom an owner may replace")
    func managesUsers() async throws {
        try await WalletStage.run { stage in
            try stage.wallet.put(Issuer(issuerId: "42", name: "Others"))
            let all = try await stage.call(.get, "issuer")
            #expect(all.json == ["resources": [["issuerId": .string(WalletStage.issuer), "name": "Tests"]]])
            #expect(try await stage.call(.get, "issuer/43").status == 404)
            #expect(try await stage.call(.get, "issuer/42").status == 403)

            let path = "permissions/\(WalletStage.issuer)"
            let before = try await stage.call(.get, path)
            #expect(before.json["permissions"] == [["emailAddress": .string(WalletStage.email), "role": "owner"]])
            let wanted: JSONValue = [
                "issuerId": .string(WalletStage.issuer),
                "permissions": [
                    ["emailAddress": .string(WalletStage.email), "role": "WRITER"],
                    ["emailAddress": "ada@example.com", "role": "reader"],
                ],
            ]
            #expect(try await stage.call(.put, path, wanted).status == 200)
            let after = try await stage.call(.get, path)
            #expect(after.json["permissions"]?.arrayValue?.count == 2)
            // It is an owner no more.
            #expect(try await stage.call(.put, path, wanted).status == 403)
        }
    }
}
