import GoogleWalletSimulator
import HTTPTypes
import JSON
import Testing

@Suite struct GoogleResourceTests {
    @Test("takes the least of each kind, and answers it on insert and get", arguments: SampleKind.allCases)
    func inserts(_ kind: SampleKind) async throws {
        try await WalletStage.run { stage in
            let token = try await stage.token()
            for (name, resource) in [
                ("Class", kind.classResource("1")), ("Object", kind.objectResource("1")),
            ] {
                let path = kind.rawValue + name
                let made = try await stage.call(.post, path, .object(resource), token: token)
                #expect(made.status == 200, "\(path): \(made.json)")
                let id = resource["id"]?.stringValue ?? ""
                #expect(made.json["id"]?.stringValue == id)
                let got = try await stage.call(.get, "\(path)/\(id)", token: token)
                #expect(got.status == 200)
                var content = got.json.objectValue ?? [:]
                content["classReference"] = nil
                #expect(.object(content) == made.json)
            }
        }
    }

    @Test("wants everything that is required", arguments: SampleKind.allCases)
    func requires(_ kind: SampleKind) async throws {
        try await WalletStage.run { stage in
            let token = try await stage.token()
            for key in kind.requiredOfClass {
                var resource = kind.classResource("x")
                resource[key] = nil
                let answer = try await stage.call(.post, "\(kind)Class", .object(resource), token: token)
                #expect(answer.status == 400 && answer.reason == "invalidResource", "\(key): \(answer.json)")
            }
            _ = try await stage.call(.post, "\(kind)Class", .object(kind.classResource("x")), token: token)
            for key in kind.requiredOfObject {
                var resource = kind.objectResource("x")
                resource[key] = nil
                let answer = try await stage.call(.post, "\(kind)Object", .object(resource), token: token)
                #expect(answer.status == 400 && answer.reason == "invalidResource", "\(key): \(answer.json)")
            }
            #expect(stage.wallet.resourceCounts.objects == 0)
        }
    }

    @Test("speaks of an id that exists, of one that does not, and of a class that does not, as Google does")
    func knowsIDs() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let token = try await stage.token()
            let classID = WalletStage.id("class-1")
            let objectID = WalletStage.id("object-1")
            func error(_ code: Int, _ reason: String, _ message: String) -> JSONValue {
                [
                    "error": [
                        "code": .number(JSONNumber(code)), "message": .string(message),
                        "errors": [
                            ["message": .string(message), "domain": "walletobjects", "reason": .string(reason)]
                        ],
                    ]
                ]
            }
            // Ids are unique whatever the kind.
            let again = try await stage.call(
                .post, "offerClass", .object(SampleKind.offer.classResource("1")), token: token)
            #expect(again.json == error(409, "existingResource", "Wallet Object Class \(classID) already exists."))
            let twice = try await stage.call(
                .post, "loyaltyObject", .object(SampleKind.loyalty.objectResource("1")), token: token)
            #expect(twice.json == error(409, "existingResource", "Wallet Object \(objectID) already exists."))
            let nobody = WalletStage.id("nobody")
            let object = try await stage.call(.get, "loyaltyObject/\(nobody)", token: token)
            #expect(object.json == error(404, "resourceNotFound", "Wallet Object \(nobody) not found."))
            let parent = try await stage.call(.patch, "loyaltyClass/\(nobody)", [:], token: token)
            #expect(parent.json == error(404, "classNotFound", "Wallet Object Class \(nobody) not found."))
            let orphan = try await stage.call(
                .post, "loyaltyObject",
                .object(SampleKind.loyalty.objectResource("2")), token: token)
            #expect(
                orphan.json
                    == error(404, "classNotFound", "Wallet Object Class \(WalletStage.id("class-2")) not found."))
            // The class is there, but of another kind.
            var stranger = SampleKind.offer.objectResource("1")
            stranger["id"] = .string(WalletStage.id("stranger"))
            let mixed = try await stage.call(.post, "offerObject", .object(stranger), token: token)
            #expect(mixed.json == error(404, "classNotFound", "Wallet Object Class \(classID) not found."))
            #expect(try await stage.call(.get, "offerClass/\(classID)", token: token).status == 404)
        }
    }

    @Test(
        "refuses ids of no issuer or with other characters",
        arguments: ["", "spring", "spring.loyalty", "42.loyalty", "3388000000022141777.", "3388000000022141777.a b"])
    func refusesIDs(_ id: String) async throws {
        try await WalletStage.run { stage in
            let answer = try await stage.call(.post, "genericClass", ["id": .string(id)])
            #expect(answer.status == 400 && answer.reason == "invalidResource")
            #expect(answer.message == "Invalid resource ID: \(id)")
        }
    }

    @Test("lets the platform approve a class, keeps a draft without objects, and never goes back to draft")
    func reviews() async throws {
        try await WalletStage.run { stage in
            let token = try await stage.token()
            var draft = SampleKind.offer.classResource("1")
            draft["reviewStatus"] = "draft"
            let made = try await stage.call(.post, "offerClass", .object(draft), token: token)
            #expect(made.json["reviewStatus"] == "draft")
            let object = JSONValue.object(SampleKind.offer.objectResource("1"))
            let early = try await stage.call(.post, "offerObject", object, token: token)
            #expect(early.status == 400 && early.reason == "invalidResource")

            let path = "offerClass/\(WalletStage.id("class-1"))"
            #expect(try await stage.call(.patch, path, ["title": "Twenty off"], token: token).status == 200)
            let ready = try await stage.call(.patch, path, ["reviewStatus": "UNDER_REVIEW"], token: token)
            #expect(ready.json["reviewStatus"] == "approved")
            #expect(try await stage.call(.post, "offerObject", object, token: token).status == 200)
            for body: JSONValue in [
                ["reviewStatus": "DRAFT"], ["reviewStatus": "APPROVED"], ["title": "Thirty off"],
                ["reviewStatus": "REJECTED"],
            ] {
                let answer = try await stage.call(.patch, path, body, token: token)
                #expect(answer.status == 400 && answer.reason == "invalidResource", "\(body)")
            }
            stage.wallet.change { $0.requiresReviewStatus = false }
            #expect(try await stage.call(.patch, path, ["title": "Thirty off"], token: token).status == 200)
        }
    }

    @Test("takes places of merchants from issuers that may")
    func knowsMerchantLocations() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let path = "loyaltyObject/\(WalletStage.id("object-1"))"
            let body: JSONValue = ["merchantLocations": [["latitude": 47.37, "longitude": 8.54]]]
            let answer = try await stage.call(.patch, path, body)
            #expect(answer.status == 400 && answer.reason == "invalidResource")
            #expect(
                answer.message == "Issuer not allowlisted for Merchant Locations. Please contact support.")
            stage.wallet.changeIssuer(WalletStage.issuer) { $0.allowsMerchantLocations = true }
            #expect(try await stage.call(.patch, path, body).status == 200)
            let many = JSONValue.array(.init(repeating: ["latitude": 47.37, "longitude": 8.54], count: 11))
            #expect(try await stage.call(.patch, path, ["merchantLocations": many]).status == 400)
            #expect(
                try await stage.call(.patch, path, ["merchantLocations": [["latitude": 91, "longitude": 0]]]).status
                    == 400)
        }
    }

    @Test(
        "refuses what Google's document excludes",
        arguments: [
            #"{"heroImage":{"sourceUri":{"uri":"https://a.example/a.png"},"privateImageId":"x"}}"#,
            #"{"heroImage":{}}"#, #"{"state":"GONE"}"#, #"{"state":1}"#, #"{"hexBackgroundColor":"red"}"#,
            #"{"cardTitle":{"defaultValue":{"language":"","value":"Ada"}}}"#,
            #"{"validTimeInterval":{"start":{"date":"2027-01-01T00:00:00"},"end":{"date":"2027-01-01T00:00:00Z"}}}"#,
            #"{"textModulesData":[{"id":"a.b","header":"a","body":"b"}]}"#,
            #"{"messages":[{},{},{},{},{},{},{},{},{},{},{}]}"#, #"{"valueAddedModuleData":[{"header":"a"}]}"#,
            #"{"id":"3388000000022141777.other"}"#, #"{"classId":"3388000000022141777.other"}"#,
            #"{"heroImage":{"sourceUri":{"uri":"http://images.example.com/a.png"}}}"#,
        ])
    func refuses(_ body: String) async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.generic)
            let answer = try await stage.call(
                .patch, "genericObject/\(WalletStage.id("object-1"))", try JSON.parse(body))
            #expect(answer.status == 400, "\(answer.json)")
        }
    }

    @Test("says what spatie/laravel-mobile-pass 25 was told of a text without a language")
    func wantsLanguages() async throws {
        try await WalletStage.run { stage in
            var resource = SampleKind.generic.objectResource("1")
            resource["cardTitle"] = ["defaultValue": ["language": "", "value": "Ada"]]
            _ = try await stage.call(.post, "genericClass", .object(SampleKind.generic.classResource("1")))
            let answer = try await stage.call(.post, "genericObject", .object(resource))
            let message = "Language for TranslatedString cannot be empty"
            #expect(
                answer.json == [
                    "error": [
                        "code": 400, "message": .string(message),
                        "errors": [
                            [
                                "message": .string(message), "domain": "walletobjects",
                                "reason": "invalidResource",
                            ]
                        ],
                    ]
                ])
        }
    }

    @Test("passes over what it does not know, unless it is asked to be strict")
    func isLenient() async throws {
        try await WalletStage.run { stage in
            let body: JSONValue = [
                "id": .string(WalletStage.id("a")), "reviewStatus": "UNDER_REVIEW", "colour": "red", "version": "7",
            ]
            let strict = try await stage.call(.post, "genericClass?strict=true", body)
            #expect(strict.status == 400)
            #expect(strict.message == #"Invalid JSON payload received. Unknown name "colour": Cannot find field."#)
            let lenient = try await stage.call(.post, "genericClass", body)
            #expect(lenient.status == 200)
            #expect(lenient.json["colour"] == nil)
            #expect(lenient.json["version"] == nil)
        }
    }
}
