import Contracts
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct LinkTests {
    private func post(
        _ issuer: IssuerUnderTest, _ body: String, type: String = "application/json"
    ) async throws -> IssuerUnderTest.Answer {
        try await issuer.send(
            .post, issuer.internalURL + "/pers/v1/urls", token: IssuerUnderTest.personalisationToken,
            body: Array(body.utf8), headers: ["Content-Type": type])
    }

    @Test("answers in request order, each entry with its link or its own error")
    func batch() async throws {
        try await IssuerUnderTest.run { issuer in
            let answer = try await post(
                issuer,
                """
                {"requests":[{"id":"r-1","campaignId":"spring","platform":"apple","contact":{"id":"c-1"}},
                {"id":"r-2","campaignId":"spring","platform":"windows"},
                {"campaignId":"spring","platform":"any","expiresAt":"2020-01-01T00:00:00Z"},
                {"id":"r-4","campaignId":"spring","platform":"google"}]}
                """)
            #expect(answer.status == 200)
            let urls = try #require(answer.json["urls"]?.arrayValue)
            #expect(urls.map { $0["id"] } == ["r-1", "r-2", .null, "r-4"])
            #expect(urls[0]["url"]?.stringValue?.hasPrefix("https://wallet.example/api/pass/create/ey") == true)
            #expect(urls[1]["error"]?["pointer"] == "/requests/1/platform")
            #expect(urls[2]["error"]?["pointer"] == "/requests/2/expiresAt")
            #expect(urls[3]["url"] != nil)
        }
    }

    @Test(
        "refuses a body that is no batch",
        arguments: [
            ("{", 400), ("[]", 422), ("{}", 422), (#"{"requests":[]}"#, 422), (#"{"requests":[{}],"more":1}"#, 422),
        ])
    func noBatch(body: String, status: Int) async throws {
        try await IssuerUnderTest.run { issuer async throws in #expect(try await post(issuer, body).status == status) }
    }

    @Test("takes 10,000 requests in a call and no more")
    func limit() async throws {
        try await IssuerUnderTest.run { issuer in
            let entry = #"{"campaignId":"spring","platform":"apple","contact":{"id":"c"}}"#
            let full = #"{"requests":["# + Array(repeating: entry, count: 10_000).joined(separator: ",") + "]}"
            let answer = try await post(issuer, full)
            #expect(answer.status == 200)
            #expect(answer.json["urls"]?.arrayValue?.count == 10_000)
            let over = #"{"requests":["# + Array(repeating: entry, count: 10_001).joined(separator: ",") + "]}"
            #expect(try await post(issuer, over).status == 413)
        }
    }

    @Test("takes NDJSON without that limit, a line for a line")
    func lines() async throws {
        try await IssuerUnderTest.run { issuer in
            var lines = (1...12_000).map { #"{"id":"\#($0)","campaignId":"spring","platform":"apple"}"# }
            lines[4] = "{"
            lines[5] = #"{"id":"6","campaignId":"spring","platform":"x"}"#
            let answer = try await post(issuer, lines.joined(separator: "\n") + "\n", type: "application/x-ndjson")
            #expect(answer.status == 200)
            #expect(answer.headers["Content-Type"] == "application/x-ndjson")
            let results = answer.text.split(separator: "\n")
            #expect(results.count == 12_000)
            #expect(try JSON.parse(String(results[4]))["id"] == .null)
            #expect(try JSON.parse(String(results[5]))["error"]?["pointer"] == "/platform")
            #expect(try JSON.parse(String(results[11_999]))["id"] == "12000")
        }
    }

    @Test("refuses another media type, and callers without the scope")
    func access() async throws {
        try await IssuerUnderTest.run { issuer in
            #expect(try await post(issuer, "id=1", type: "application/x-www-form-urlencoded").status == 415)
            let url = issuer.internalURL + "/pers/v1/urls"
            #expect(try await issuer.send(.post, url, body: Array("{}".utf8)).status == 401)
            let admin = try await issuer.send(.post, url, token: IssuerUnderTest.adminToken, body: Array("{}".utf8))
            #expect(admin.status == 403)
            #expect(
                try await issuer.send(.post, issuer.publicURL + "/pers/v1/urls", body: Array("{}".utf8)).status == 404)
        }
    }

    @Test("says that a link would be too long")
    func tooLong() async throws {
        try await IssuerUnderTest.run { issuer in
            let note = String(repeating: "x", count: 7_000)
            let answer = try await post(
                issuer, #"{"requests":[{"campaignId":"spring","platform":"apple","contact":{"note":"\#(note)"}}]}"#)
            #expect(answer.json["urls"]?.arrayValue?.first?["error"]?["detail"]?.stringValue?.contains("8000") == true)
        }
    }

    @Test("makes links without touching the database")
    func noDatabase() async throws {
        try await IssuerUnderTest.run(["LINK_FORMAT": "encrypted"]) { issuer in
            let before = try await issuer.statements()
            for _ in 0..<20 { _ = try await issuer.link() }
            #expect(try await issuer.statements() == before)
        }
    }
}

extension IssuerUnderTest {
    /// Statements sent so far, the background work's apart: it is stopped for the comparison.
    fileprivate func statements() async throws -> Int {
        await stopBackgroundWork()
        return pool.statistics.statements
    }
}
