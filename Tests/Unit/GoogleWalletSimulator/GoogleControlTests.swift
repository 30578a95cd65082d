import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON
import Testing

@Suite struct GoogleControlTests {
    private static func run(_ body: @escaping @Sendable (WalletStage, String) async throws -> Void) async throws {
        try await WalletStage.run {
            $0.controlPort = 0
            $0.settings.callsPerSecond = 0
        } _: { stage in
            try await body(stage, try #require(stage.wallet.controlURL) + "/control/v1")
        }
    }

    private static func call(
        _ stage: WalletStage, _ method: HTTPMethod, _ url: String, _ body: JSONValue? = nil
    ) async throws -> WalletStage.Answer {
        try await stage.send(
            HTTPClientRequest(
                method: method, url: url, headers: body == nil ? [:] : ["Content-Type": "application/json"],
                body: body?.serialized() ?? []))
    }

    @Test("changes settings and the clock, and refuses settings that there are not")
    func changesSettings() async throws {
        try await Self.run { stage, control in
            let changed = try await Self.call(
                stage, .patch, "\(control)/settings", ["callsPerSecond": 7.5, "images": "fetched"])
            #expect(changed.status == 200)
            #expect(stage.wallet.settings.callsPerSecond == 7.5)
            #expect(stage.wallet.settings.images == .fetched)
            for body: JSONValue in [["callPerSecond": 1], ["images": "guessed"], ["burst": .null]] {
                #expect(try await Self.call(stage, .patch, "\(control)/settings", body).status == 422)
            }
            let frozen = try await Self.call(
                stage, .post, "\(control)/clock", ["freezeAt": "2027-01-01T00:00:00Z"])
            #expect(frozen.json["time"] == "2027-01-01T00:00:00Z")
            let later = try await Self.call(stage, .post, "\(control)/clock", ["advanceSeconds": 90])
            #expect(later.json["time"] == "2027-01-01T00:01:30Z")
            #expect(try await Self.call(stage, .post, "\(control)/clock", ["reset": true]).status == 200)
            #expect(try await Self.call(stage, .post, "\(control)/clock", [:]).status == 422)
        }
    }

    @Test("scripts faults, tells of calls and pace, and resets")
    func scripts() async throws {
        try await Self.run { stage, control in
            let fault: JSONValue = ["kind": "refuse", "status": 429, "path": "genericClass", "times": 2]
            #expect(try await Self.call(stage, .post, "\(control)/faults", fault).status == 201)
            for body: JSONValue in [["kind": "explode"], [:], ["kind": "refuse", "status": 200]] {
                #expect(try await Self.call(stage, .post, "\(control)/faults", body).status == 422)
            }
            let body: JSONValue = ["id": .string(WalletStage.id("a"))]
            #expect(try await stage.call(.post, "genericClass", body).status == 429)
            #expect(try await Self.call(stage, .get, "\(control)/faults").json["faults"]?[0]?["times"] == 1)
            #expect(try await Self.call(stage, .delete, "\(control)/faults").status == 204)
            #expect(try await stage.call(.post, "genericClass", body).status == 200)

            let calls = try await Self.call(stage, .get, "\(control)/calls?limit=1")
            #expect(calls.json["calls"]?[0]?["path"] == "/walletobjects/v1/genericClass")
            let pace = try await Self.call(
                stage, .get, "\(control)/pace?seconds=60&issuerId=\(WalletStage.issuer)")
            #expect(pace.json == ["busiest": 2])
            let state = try await Self.call(stage, .get, "\(control)/state")
            #expect(state.json["classes"] == 1)
            #expect(state.json["callsByStatus"]?["429"] == 1)
            #expect(try await Self.call(stage, .post, "\(control)/reset").status == 204)
            #expect(stage.wallet.resourceCounts.classes == 0)
            #expect(stage.wallet.calls.isEmpty)
        }
    }

    @Test("opens accounts whose key file works")
    func opensAccounts() async throws {
        try await Self.run { stage, control in
            let issuer = try await Self.call(
                stage, .post, "\(control)/issuers", ["issuerId": "42", "name": "Others"])
            #expect(issuer.status == 201)
            #expect(
                try await Self.call(stage, .post, "\(control)/issuers", ["issuerId": "x", "name": ""]).status == 409)
            let made = try await Self.call(
                stage, .post, "\(control)/service-accounts",
                ["clientEmail": "other@tests.iam.gserviceaccount.com", "issuers": ["42"], "role": "WRITER"])
            #expect(made.status == 201)
            let account = try ServiceAccountKey(file: made.json)
            let other = WalletStage(wallet: stage.wallet, client: stage.client, account: account)
            let token = try await other.token()
            #expect(try await other.call(.post, "genericClass", ["id": "42.a"], token: token).status == 200)
            #expect(
                try await Self.call(
                    stage, .post, "\(control)/token-revocations", ["clientEmail": .string(account.clientEmail)]
                ).status == 204)
            #expect(try await other.call(.get, "issuer", token: token).status == 401)
            #expect(
                try await Self.call(stage, .delete, "\(control)/service-accounts/\(account.clientEmail)").status == 204)
            await #expect(throws: WalletStage.ExpectedToken.self) { try await other.token() }
        }
    }

    @Test("saves and deletes as a person, and sends callbacks")
    func actsAsPerson() async throws {
        try await Self.run { stage, control in
            try await stage.provide(.loyalty)
            let id = WalletStage.id("object-1")
            #expect(try await Self.call(stage, .post, "\(control)/objects/\(id)/save").status == 204)
            let shown = try await Self.call(stage, .get, "\(control)/resources/object/\(id)")
            #expect(shown.json["holders"] == ["ada@example.com"])
            #expect(shown.json["resource"]?["state"] == "ACTIVE")
            let grace: JSONValue = ["user": "grace@example.com"]
            #expect(try await Self.call(stage, .post, "\(control)/objects/\(id)/delete", grace).status == 409)
            #expect(try await Self.call(stage, .post, "\(control)/objects/\(id)/delete").status == 204)
            #expect(try await Self.call(stage, .get, "\(control)/resources/object/x").status == 404)
            #expect(try await Self.call(stage, .post, "\(control)/saves", ["link": "http://x"]).status == 409)
            // The class has no address for callbacks.
            let wish: JSONValue = ["objectId": .string(id), "event": "save"]
            #expect(try await Self.call(stage, .post, "\(control)/callbacks", wish).status == 409)
        }
    }

    @Test("signs callbacks that others deliver, each with a nonce of its own")
    func signsCallbacks() async throws {
        try await Self.run { stage, control in
            try await stage.provide(.loyalty)
            let id = WalletStage.id("object-1")
            let wish: JSONValue = ["objectIds": [.string(id)], "event": "save", "count": 3]
            let answer = try await Self.call(stage, .post, "\(control)/signed-callbacks", wish)
            let messages = try #require(answer.json["callbacks"]?.arrayValue).map { body in
                let envelope = try JSON.parse(#require(body.stringValue))
                #expect(envelope["protocolVersion"] == "ECv2SigningOnly")
                return try JSON.parse(#require(envelope["signedMessage"]?.stringValue))
            }
            #expect(messages.map { $0["objectId"] } == [.string(id), .string(id), .string(id)])
            #expect(Set(messages.compactMap { $0["nonce"]?.stringValue }).count == 3)
            #expect(stage.wallet.sentCallbacks.isEmpty)
            for (patch, status): (JSONValue, Int) in [
                (["objectIds": []], 422), (["count": 0], 422), (["objectIds": ["x"]], 409),
            ] {
                let refused = try await Self.call(
                    stage, .post, "\(control)/signed-callbacks", wish.mergePatched(with: patch))
                #expect(refused.status == status)
            }
        }
    }
}
