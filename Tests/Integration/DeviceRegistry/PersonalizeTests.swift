import HTTPServer
import HTTPTypes
import JSON
import Testing

@Suite struct PersonalizeTests {
    private static let path = "/v1/passes/\(RegistryAccess.passType)/s1/personalize"
    private static let body: JSONValue = [
        "personalizationToken": "q83vEjRWeJA+/w==",
        "requiredPersonalizationInfo": ["fullName": "Ada Lovelace", "emailAddress": "ada@example.com"],
    ]
    private static let signature = HTTPResponse(
        .ok, headers: ["Content-Type": "application/octet-stream"], body: .bytes([0x30, 0x80, 0, 0]))

    @Test("hands the body on as it came, without Authorization, and answers with the signature")
    func relays() async throws {
        try await RegistryUnderTest.run { registry in
            registry.issuer.answer(Self.signature)
            // White space and keys that are unknown here are passed on as well.
            let text =
                " {\"more\":[1.0],\"personalizationToken\":\"t\", \"requiredPersonalizationInfo\":{\"fullName\":\"Ada\"}}\n"
            let response = try await registry.send(
                .post, Self.path, headers: ["X-Request-Id": "request-1"], body: Array(text.utf8))
            #expect(response.status == .ok && response.body == [0x30, 0x80, 0, 0])
            #expect(response.headers["Content-Type"] == "application/octet-stream")
            #expect(response.headers["Cache-Control"] == "no-store, private")
            let request = try #require(registry.issuer.received.first)
            #expect(request.method == .post && request.body == Array(text.utf8))
            #expect(
                request.segments == ["rpc", "v1", "passes", RegistryAccess.passType, "s1", "personalization"])
            #expect(request.headers["X-Request-Id"] == "request-1")
        }
    }

    @Test("takes the pass's own token, and refuses another one before the body is looked at")
    func authorization() async throws {
        try await RegistryUnderTest.run { registry in
            registry.issuer.answer(Self.signature)
            let own = try await registry.send(
                .post, Self.path, headers: try RegistryAccess.authorization("s1"), body: Self.body.serialized())
            #expect(own.status == .ok)
            let wrong: [HTTPHeaders] = [
                try RegistryAccess.authorization("s2"), ["Authorization": "ApplePass "],
                ["Authorization": "ApplePass x"],
                ["Authorization": "Bearer \(try RegistryAccess.token("s1"))"],
            ]
            for headers in wrong {
                let response = try await registry.send(.post, Self.path, headers: headers, body: Array("{".utf8))
                #expect(response.status == .unauthorized)
                #expect(response.headers["Cache-Control"] == "no-store, private")
            }
            #expect(registry.issuer.received.count == 1)
        }
    }

    @Test("asks the issuer for no signature of a manifest, nor of anything else that is no token")
    func oracle() async throws {
        try await RegistryUnderTest.run { registry in
            registry.issuer.answer(Self.signature)
            let manifest = #"{"icon.png":"da39a3ee5e6b4b0d3255bfef95601890afd80709","pass.json":"0a"}"#
            let tokens: [JSONValue] = [
                .string(manifest), .string("\n" + manifest), .string(String(manifest.dropFirst())), "{}", "", "a b",
                "a\u{0}", ["pass.json": "0a"], 7, .string(String(repeating: "a", count: 513)),
            ]
            for token in tokens {
                let body: JSONValue = [
                    "personalizationToken": token, "requiredPersonalizationInfo": ["fullName": "Ada"],
                ]
                let response = try await registry.send(.post, Self.path, body: body.serialized())
                #expect(response.status == .unprocessableContent, "\(token)")
                #expect(response.headers["Content-Type"] == "application/problem+json")
                let problem = try JSON.parse(response.body)
                #expect(problem["errors"]?[0]?["pointer"] == "/personalizationToken")
            }
            #expect(registry.issuer.received.isEmpty)
        }
    }

    @Test("refuses what is no JSON, what is too long, and what is too much")
    func limits() async throws {
        try await RegistryUnderTest.run { registry in
            registry.issuer.answer(Self.signature)
            #expect(try await registry.send(.post, Self.path, body: Array("no JSON".utf8)).status == .badRequest)
            let long = Self.body.mergePatched(
                with: ["requiredPersonalizationInfo": ["fullName": .string(String(repeating: "x", count: 257))]])
            let refused = try await registry.send(.post, Self.path, body: long.serialized())
            #expect(refused.status == .unprocessableContent)
            // A fault names its place, never what was entered.
            #expect(!String(decoding: refused.body, as: UTF8.self).contains("xxx"))
            let large = [UInt8](repeating: 0x20, count: (16 << 10) + 1)
            #expect(try await registry.send(.post, Self.path, body: large).status == .contentTooLarge)
            #expect(registry.issuer.received.isEmpty)
        }
    }

    @Test("says in statuses what the issuer says", arguments: [(404, 404), (409, 409), (422, 422)])
    func refusals(answer: Int, status: Int) async throws {
        try await RegistryUnderTest.run { registry in
            registry.issuer.answer(HTTPResponse(HTTPStatus(rawValue: answer)))
            let response = try await registry.send(.post, Self.path, body: Self.body.serialized())
            #expect(response.status.rawValue == status)
            #expect(response.headers["Cache-Control"] == "no-store, private")
        }
    }

    @Test("answers 503 with Retry-After when the issuer is in trouble or down, so that the phone asks again")
    func issuerInTrouble() async throws {
        try await RegistryUnderTest.run { registry in
            for status in [200, 500, 503, 401, 403, 302] {
                registry.issuer.answer(HTTPResponse(HTTPStatus(rawValue: status)))
                let response = try await registry.send(.post, Self.path, body: Self.body.serialized())
                #expect(response.status == .serviceUnavailable, "\(status)")
                #expect(response.headers["Retry-After"] != nil, "\(status)")
            }
            await registry.issuer.stop()
            let response = try await registry.send(.post, Self.path, body: Self.body.serialized())
            #expect(response.status == .serviceUnavailable && response.headers["Retry-After"] != nil)
        }
    }

    @Test("answers 429 with Retry-After beyond the rate of one address")
    func limitsRate() async throws {
        try await RegistryUnderTest.run(settings: ["PERSONALIZATION_RATE_PER_ADDRESS": "0.01"]) { registry in
            registry.issuer.answer(Self.signature)
            #expect(try await registry.send(.post, Self.path, body: Self.body.serialized()).status == .ok)
            let response = try await registry.send(.post, Self.path, body: Self.body.serialized())
            #expect(response.status == .tooManyRequests)
            #expect(response.headers["Retry-After"].flatMap { Int($0) } ?? 0 > 0)
        }
    }
}
