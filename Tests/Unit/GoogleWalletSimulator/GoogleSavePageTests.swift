import Cryptography
import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON
import Testing

@Suite struct GoogleSavePageTests {
    private static let objectID = WalletStage.id("object-1")

    /// The claims of a save link.
    private static func claims(
        _ stage: WalletStage, _ payload: JSONValue, _ change: (inout JSONObject) -> Void = { _ in }
    ) -> JSONObject {
        var claims: JSONObject = [
            "iss": .string(stage.account.clientEmail), "aud": "google", "typ": "savetowallet",
            "iat": .number(JSONNumber(stage.wallet.clock.now().wholeSeconds)), "origins": [], "payload": payload,
        ]
        change(&claims)
        return claims
    }

    private static let reference: JSONValue = ["loyaltyObjects": [["id": .string(objectID)]]]

    private static func link(_ stage: WalletStage, _ token: String) -> String { "\(stage.wallet.saveURL)/\(token)" }

    private static func page(_ stage: WalletStage, _ link: String) async throws -> (status: Int, text: String) {
        let response = try await stage.client.send(HTTPClientRequest(url: link))
        return (response.status.rawValue, String(decoding: response.body, as: UTF8.self))
    }

    private static func act(
        _ stage: WalletStage, _ link: String, _ action: String, user: String = "ada@example.com"
    ) async throws -> Int {
        let form = QueryItems([("action", action), ("user", user)]).encoded
        return try await stage.client.send(
            HTTPClientRequest(
                method: .post, url: link, headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(form.utf8))
        ).status.rawValue
    }

    @Test("shows what a link with ids offers, saves it for a person, and deletes it")
    func saves() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let link = Self.link(stage, try stage.signed(Self.claims(stage, Self.reference)))
            let shown = try await Self.page(stage, link)
            #expect(shown.status == 200)
            #expect(shown.text.contains("<h2>Club</h2>"))
            #expect(!shown.text.contains("<script"))
            #expect(stage.wallet.holders(of: Self.objectID).isEmpty)

            #expect(try await Self.act(stage, link, "save") == 200)
            #expect(try await Self.act(stage, link, "save", user: "grace@example.com") == 200)
            #expect(stage.wallet.holders(of: Self.objectID) == ["ada@example.com", "grace@example.com"])
            let path = "loyaltyObject/\(Self.objectID)"
            #expect(try await stage.call(.get, path).json["hasUsers"] == true)
            #expect(try await Self.act(stage, link, "delete") == 200)
            #expect(try await Self.act(stage, link, "delete", user: "grace@example.com") == 200)
            #expect(try await stage.call(.get, path).json["hasUsers"] == false)
            #expect(try await Self.act(stage, link, "burn") == 400)
        }
    }

    @Test("makes the class and the object of a whole link when it is saved, and changes nothing that is there")
    func makes() async throws {
        try await WalletStage.run { stage in
            let payload: JSONValue = [
                "genericClasses": [.object(SampleKind.generic.classResource("1"))],
                "genericObjects": [.object(SampleKind.generic.objectResource("1"))],
            ]
            let token = try stage.signed(Self.claims(stage, payload))
            let link = Self.link(stage, token)
            #expect(try await Self.page(stage, link).status == 200)
            #expect(stage.wallet.resourceCounts == (0, 0))
            try await stage.wallet.save(link: link)
            #expect(stage.wallet.resourceCounts == (1, 1))
            let path = "genericObject/\(Self.objectID)"
            #expect(try await stage.call(.patch, path, ["header": SampleKind.text("New")]).status == 200)
            try await stage.wallet.save(link: link, user: "grace@example.com")
            #expect(stage.wallet.resource(.object, Self.objectID)?["header"] == SampleKind.text("New"))
            #expect(stage.wallet.holders(of: Self.objectID).count == 2)
        }
    }

    @Test("saves all objects of a link together, and refuses all when one is not there")
    func several() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let other = WalletStage.id("object-2")
            try await stage.provide(.loyalty, suffix: "2")
            let both: JSONValue = ["loyaltyObjects": [["id": .string(Self.objectID)], ["id": .string(other)]]]
            let link = Self.link(stage, try stage.signed(Self.claims(stage, both)))
            let page = try await Self.page(stage, link)
            #expect(page.status == 200 && page.text.matches(of: /<article>/).count == 2)
            #expect(try await Self.act(stage, link, "save") == 200)
            for id in [Self.objectID, other] { #expect(stage.wallet.holders(of: id) == ["ada@example.com"]) }
            #expect(try await Self.act(stage, link, "delete") == 200)

            let lost: JSONValue = [
                "loyaltyObjects": [["id": .string(Self.objectID)], ["id": .string(WalletStage.id("nobody"))]]
            ]
            let broken = Self.link(stage, try stage.signed(Self.claims(stage, lost)))
            #expect(try await Self.act(stage, broken, "save") == 400)
            #expect(stage.wallet.holders(of: Self.objectID).isEmpty)
        }
    }

    @Test("shows texts as texts, whatever they are")
    func escapes() async throws {
        try await WalletStage.run { stage in
            var object = SampleKind.generic.objectResource("1")
            object["cardTitle"] = SampleKind.text(#"<script>alert("1")</script>&'"#)
            _ = try await stage.call(.post, "genericClass", .object(SampleKind.generic.classResource("1")))
            _ = try await stage.call(.post, "genericObject", .object(object))
            let token = try stage.signed(Self.claims(stage, ["genericObjects": [["id": .string(Self.objectID)]]]))
            let shown = try await Self.page(stage, Self.link(stage, token))
            #expect(shown.text.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;"))
            #expect(!shown.text.contains("<script"))
        }
    }

    private static let faults: [(String, @Sendable (inout JSONObject) -> Void)] = [
        ("another iss", { $0["iss"] = "someone@else.example" }), ("another aud", { $0["aud"] = "apple" }),
        ("a list as aud", { $0["aud"] = ["google"] }), ("another typ", { $0["typ"] = "savetoandroidpay" }),
        ("no iat", { $0["iat"] = nil }), ("a text as iat", { $0["iat"] = "1" }),
        ("an iat in the future", { $0["iat"] = 99_999_999_999 }), ("a past exp", { $0["exp"] = 1 }),
        ("origins of numbers", { $0["origins"] = [1] }), ("no payload", { $0["payload"] = nil }),
        ("an empty payload", { $0["payload"] = [:] }), ("an unknown list", { $0["payload"] = ["coupons": []] }),
        ("no object", { $0["payload"] = ["loyaltyObjects": []] }),
        ("a class alone", { $0["payload"] = ["loyaltyClasses": [["id": .string(WalletStage.id("class-1"))]]] }),
        ("an object of another kind", { $0["payload"] = ["offerObjects": [["id": .string(objectID)]]] }),
        ("an object that is not there", { $0["payload"] = ["loyaltyObjects": [["id": .string(WalletStage.id("x"))]]] }),
        ("an id of nobody", { $0["payload"] = ["loyaltyObjects": [["id": "42.x"]]] }),
        ("a bad id", { $0["payload"] = ["loyaltyObjects": [["id": "x"]]] }),
    ]

    @Test("says that something went wrong", arguments: faults.indices)
    func refuses(_ index: Int) async throws {
        let (name, change) = Self.faults[index]
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let token = try stage.signed(Self.claims(stage, Self.reference, change))
            let shown = try await Self.page(stage, Self.link(stage, token))
            #expect(shown.status == 400, "\(name)")
            #expect(shown.text.contains("Something went wrong. Please try again."), "\(name)")
            await #expect(throws: SimulatorError.self) { try await stage.wallet.save(link: Self.link(stage, token)) }
            #expect(stage.wallet.holders(of: Self.objectID).isEmpty)
        }
    }

    @Test("believes no signature but one of the service account's by RS256")
    func verifies() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let claims = Self.claims(stage, Self.reference)
            let tokens = [
                try stage.signed(claims, key: try .generateRSA()), try stage.signed(claims, header: ["alg": "none"]),
                try stage.signed(claims, header: ["alg": "RS256", "kid": "other"]), "x", "x.y.z",
                String(try stage.signed(claims).dropLast(4)) + "AAAA",
            ]
            for token in tokens { #expect(try await Self.page(stage, Self.link(stage, token)).status == 400) }
            let plain = try stage.signed(claims, header: ["alg": "RS256"])
            #expect(try await Self.page(stage, Self.link(stage, plain)).status == 200)
        }
    }

    @Test("refuses links that are longer than browsers carry")
    func isShort() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            func token(_ length: Int) throws -> String {
                var text = ""
                while true {
                    let token = try stage.signed(Self.claims(stage, Self.reference) { $0["pad"] = .string(text) })
                    if token.utf8.count >= length { return token }
                    text += "x"
                }
            }
            let fitting = try token(1_799)
            #expect(fitting.utf8.count <= 1_800)
            #expect(try await Self.page(stage, Self.link(stage, fitting)).status == 200)
            #expect(try await Self.page(stage, Self.link(stage, try token(1_801))).status == 414)
        }
    }

    @Test("lets nobody save who may not")
    func restricts() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let id = Self.objectID
            let digest = Hex.encode(SHA256.digest(Array("ada@example.com".utf8)))
            _ = try await stage.call(
                .patch, "loyaltyObject/\(id)", ["saveRestrictions": ["restrictToEmailSha256": .string(digest)]])
            #expect(throws: SimulatorError.notSaved("User not allowed to save the pass.")) {
                try stage.wallet.save(object: id, user: "grace@example.com")
            }
            try stage.wallet.save(object: id, user: "Ada@example.com")
            _ = try await stage.call(
                .patch, "loyaltyClass/\(WalletStage.id("class-1"))",
                ["multipleDevicesAndHoldersAllowedStatus": "ONE_USER_ALL_DEVICES", "reviewStatus": "UNDER_REVIEW"])
            #expect(throws: SimulatorError.self) { try stage.wallet.save(object: id, user: "ADA@example.com") }
            stage.wallet.delete(object: id, user: "Ada@example.com")
            stage.wallet.change {
                $0.demoMode = true
                $0.testUsers = ["grace@example.com"]
            }
            #expect(throws: SimulatorError.notSaved("The issuer has not made this pass available.")) {
                try stage.wallet.save(object: id)
            }
        }
    }

    @Test("makes resources of long tokens by the interface, and answers a short link for them")
    func insertsTokens() async throws {
        try await WalletStage.run { stage in
            var object = SampleKind.generic.objectResource("1")
            object["textModulesData"] = [["id": "a", "body": .string(String(repeating: "x", count: 3_000))]]
            let payload: JSONValue = [
                "genericClasses": [.object(SampleKind.generic.classResource("1"))], "genericObjects": [.object(object)],
            ]
            let token = try stage.signed(Self.claims(stage, payload))
            #expect(
                try await stage.call(.post, "jwt/validate", ["jwtResource": ["jwt": .string(token)]]).json == [:])
            let text = String(decoding: payload.serialized(), as: UTF8.self)
            #expect(
                try await stage.call(.post, "jwt/validate", ["jsonResource": ["json": .string(text)]]).json == [:])
            #expect(stage.wallet.resourceCounts == (0, 0))

            let answer = try await stage.call(.post, "jwt", ["jwt": .string(token)])
            #expect(answer.status == 200)
            #expect(answer.json["resources"]?.objectValue?.keys == ["genericClasses", "genericObjects"])
            #expect(stage.wallet.resourceCounts == (1, 1))
            let link = try #require(answer.json["saveUri"]?.stringValue)
            #expect(try await Self.page(stage, link).status == 200)
            #expect(try await stage.wallet.save(link: link) == [Self.objectID])
        }
    }

    @Test("finds what is wrong with a token before a person does")
    func validates() async throws {
        try await WalletStage.run { stage in
            var object = SampleKind.generic.objectResource("1")
            object["header"] = nil
            let payload: JSONValue = ["genericObjects": [.object(object)]]
            for body: JSONValue in [
                ["jwtResource": ["jwt": .string(try stage.signed(Self.claims(stage, payload)))]],
                ["jsonResource": ["json": .string(payload.description)]], ["jsonResource": ["json": "{"]], [:],
                ["jwtResource": ["jwt": "x"]], ["jwtResource": ["jwt": "x"], "jsonResource": ["json": "{}"]],
            ] {
                let answer = try await stage.call(.post, "jwt/validate", body)
                #expect(answer.status == 400 && answer.reason == "invalidResource", "\(body)")
            }
        }
    }
}
