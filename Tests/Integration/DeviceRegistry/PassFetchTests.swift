import HTTPClient
import HTTPServer
import HTTPTypes
import Support
import Testing

@Suite struct PassFetchTests {
    private static let path = "/v1/passes/\(RegistryAccess.passType)/s1"
    private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let package = HTTPResponse(
        .ok, headers: ["Content-Type": "application/vnd.apple.pkpass", "Last-Modified": date, "X-Other": "x"],
        body: .bytes(Array("package".utf8)))

    @Test("relays the issuer's package with its type, length and date, and nothing else of it")
    func relays() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            registry.issuer.answer(Self.package)
            let response = try await registry.send(.get, Self.path, headers: try RegistryAccess.authorization("s1"))
            #expect(response.status == .ok)
            #expect(response.body == Array("package".utf8))
            #expect(response.headers["Content-Type"] == "application/vnd.apple.pkpass")
            #expect(response.headers["Content-Length"] == "7")
            #expect(response.headers["Last-Modified"] == Self.date)
            #expect(response.headers["Cache-Control"] == "no-store, private")
            #expect(response.headers["X-Other"] == nil)
            let request = try #require(registry.issuer.received.first)
            #expect(request.segments == ["rpc", "v1", "passes", RegistryAccess.passType, "s1"])
            #expect(request.headers["If-Modified-Since"] == nil)
        }
    }

    @Test("answers HEAD with the headers of GET")
    func answersHead() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            registry.issuer.answer(Self.package)
            let response = try await registry.send(.head, Self.path, headers: try RegistryAccess.authorization("s1"))
            #expect(response.status == .ok)
            #expect(response.body.isEmpty)
            #expect(response.headers["Content-Type"] == "application/vnd.apple.pkpass")
            #expect(response.headers["Content-Length"] == "7")
            #expect(response.headers["Last-Modified"] == Self.date)
        }
    }

    @Test(
        "passes If-Modified-Since and the trace on as they came, and answers 304 without a body",
        arguments: [date, "yesterday"])
    func relaysNotModified(date: String) async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            registry.issuer.answer(HTTPResponse(.notModified, headers: ["Last-Modified": Self.date]))
            var headers = try RegistryAccess.authorization("s1")
            headers["If-Modified-Since"] = date
            headers["X-Request-Id"] = "request-1"
            headers["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            let response = try await registry.send(.get, Self.path, headers: headers)
            #expect(response.status == .notModified)
            #expect(response.body.isEmpty)
            #expect(response.headers["Last-Modified"] == Self.date)
            #expect(response.headers["Cache-Control"] == "no-store, private")
            let request = try #require(registry.issuer.received.first)
            #expect(request.headers["If-Modified-Since"] == date)
            #expect(request.headers["X-Request-Id"] == "request-1")
            #expect(request.headers["traceparent"] == "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        }
    }

    @Test("answers 401 without asking the issuer when the token is not the pass's")
    func refusesTokens() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            registry.issuer.answer(Self.package)
            for headers in [[:], try RegistryAccess.authorization("s2")] as [HTTPHeaders] {
                for method in [HTTPMethod.get, .head] {
                    let response = try await registry.send(method, Self.path, headers: headers)
                    #expect(response.status == .unauthorized)
                    #expect(response.headers["Cache-Control"] == "no-store, private")
                }
            }
            #expect(registry.issuer.received.isEmpty)
        }
    }

    @Test("answers 401 for a pass that the issuer does not know, as for a wrong token")
    func unknownPass() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            registry.issuer.answer(HTTPResponse(.notFound))
            let response = try await registry.send(.get, Self.path, headers: try RegistryAccess.authorization("s1"))
            #expect(response.status == .unauthorized)
        }
    }

    @Test("answers 503 with Retry-After when the issuer is in trouble")
    func issuerInTrouble() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let headers = try RegistryAccess.authorization("s1")
            for status in [500, 503, 401, 403, 302] {
                registry.issuer.answer(HTTPResponse(HTTPStatus(rawValue: status)))
                let response = try await registry.send(.get, Self.path, headers: headers)
                #expect(response.status == .serviceUnavailable, "\(status)")
                #expect(response.headers["Retry-After"] != nil, "\(status)")
                #expect(response.headers["Cache-Control"] == "no-store, private", "\(status)")
            }
        }
    }

    @Test("answers 503 with Retry-After when the issuer is down, and works on otherwise")
    func issuerDown() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            await registry.issuer.stop()
            let response = try await registry.send(.get, Self.path, headers: try RegistryAccess.authorization("s1"))
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers["Retry-After"] != nil)
            #expect(try await registry.register("d1", "s1", pushToken: "aa") == 201)
        }
    }

    /// Asks for a pass on 16 connections, and gives what came.
    private static func ask(_ registry: RegistryUnderTest, times: Int) async throws -> [HTTPClientResponse] {
        var headers = try RegistryAccess.authorization("s1")
        headers["If-Modified-Since"] = date
        return try await withThrowingTaskGroup(of: [HTTPClientResponse].self) { group in
            for _ in 0..<16 {
                group.addTask { [headers] in
                    var responses: [HTTPClientResponse] = []
                    for _ in 0..<times / 16 {
                        responses.append(try await registry.send(.get, path, headers: headers))
                    }
                    return responses
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    @Test("joins what many phones ask at once, and counts each of them as asked")
    func joins() async throws {
        try await RegistryUnderTest.run(inBackground: true) { (registry) async throws in
            registry.issuer.answer(HTTPResponse(.notModified, headers: ["Last-Modified": Self.date]))
            registry.issuer.answerChecks(Instant(httpDate: Self.date))
            let responses = try await Self.ask(registry, times: 960)
            #expect(responses.allSatisfy { $0.status == .notModified && $0.headers["Last-Modified"] == Self.date })
            #expect(responses.allSatisfy { $0.headers["Cache-Control"] == "no-store, private" && $0.body.isEmpty })
            let checked = registry.issuer.checkedCounts
            #expect(checked.reduce(0, +) + registry.issuer.received.count == 960)
            #expect(checked.contains { $0 > 1 })
            try await eventually("each to be written down") {
                try await registry.count("SELECT count(*) FROM registry.pass_events WHERE kind = 'notModified'")
                    == 960
            }
        }
    }

    @Test("asks about each by itself where the issuer knows no checks, and fetches what a check does not vouch for")
    func fallsBack() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            registry.issuer.answer(HTTPResponse(.notModified, headers: ["Last-Modified": Self.date]))
            let old = try await Self.ask(registry, times: 320)
            #expect(old.allSatisfy { $0.status == .notModified })
            #expect(registry.issuer.received.count == 320)
            // One was tried, and no further one for a while.
            #expect(registry.issuer.checkedCounts.count == 1)
        }
        try await RegistryUnderTest.run { (registry) async throws in
            registry.issuer.answerChecks(nil)
            registry.issuer.answer(HTTPResponse(.notModified, headers: ["Last-Modified": Self.date]))
            _ = try await Self.ask(registry, times: 320)
            registry.issuer.answer(Self.package)
            let fetched = try await Self.ask(registry, times: 320)
            #expect(fetched.allSatisfy { $0.status == .ok && $0.body == Array("package".utf8) })
            #expect(!registry.issuer.checkedCounts.isEmpty)
        }
    }
}
