import Contracts
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite("Whether phones have the newest packages") struct FreshnessTests {
    private static let latest = "2099-01-01T00:00:00Z"

    private static func package(
        _ serialNumber: String, passType: String = "pass.example.demo", since: String = latest
    ) -> JSONValue {
        [
            "passTypeIdentifier": .string(passType), "serialNumber": .string(serialNumber),
            "ifModifiedSince": .string(since),
        ]
    }

    private static func ask(_ issuer: IssuerUnderTest, _ packages: [JSONValue]) async throws -> [JSONValue]? {
        let answer = try await issuer.send(
            .post, issuer.internalURL + "/rpc/v1/passes/freshness", token: IssuerUnderTest.registryToken,
            body: JSONValue.object(["packages": .array(packages)]).serialized(),
            headers: ["Content-Type": "application/json"])
        return answer.json["lastModified"]?.arrayValue
    }

    @Test("says for each what asking for it alone says: Last-Modified for 304, nothing for all others, in their order")
    func asAlone() async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, _ in
            try await issuer.makePasses(3)
            let serialNumbers = try await issuer.serialNumbers()
            let alone = try await issuer.package(serialNumbers[0])
            let date = try #require(alone.headers["Last-Modified"].flatMap { Instant(httpDate: $0) })
            let answers = try await Self.ask(
                issuer,
                [
                    Self.package("unknown"), Self.package(serialNumbers[1]),
                    Self.package(serialNumbers[0], since: date.rfc3339),
                    Self.package(serialNumbers[0], since: date.adding(seconds: -1).rfc3339),
                    Self.package(serialNumbers[2], passType: "pass.example.other"), Self.package(serialNumbers[0]),
                    Self.package(serialNumbers[0]),
                ])
            let second = try #require(
                try await issuer.package(serialNumbers[1]).headers["Last-Modified"].flatMap { Instant(httpDate: $0) })
            let first = JSONValue.string(date.rfc3339)
            #expect(answers == [.null, .string(second.rfc3339), first, .null, .null, first, first])
        }
    }

    @Test("a pass whose campaign has a newer version is to be fetched, even before its rollout comes to it")
    func newerVersion() async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, _ in
            try await issuer.makePasses(1)
            let serialNumber = try await issuer.serialNumbers()[0]
            let date = try await issuer.package(serialNumber).headers["Last-Modified"].flatMap { Instant(httpDate: $0) }
            #expect(try await Self.ask(issuer, [Self.package(serialNumber)]) == [.string(try #require(date).rfc3339)])
            try await issuer.pool.execute(
                """
                WITH newer AS (
                    INSERT INTO issuer.campaign_versions (campaign_id, version, content, created_at)
                    SELECT campaign_id, version + 1, content, created_at FROM issuer.campaign_versions
                    ORDER BY version DESC LIMIT 1
                )
                UPDATE issuer.campaigns SET current_version = current_version + 1
                """)
            #expect(try await Self.ask(issuer, [Self.package(serialNumber)]) == [.null])
        }
    }

    @Test("a change of a pass is seen by the next check")
    func change() async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, _ in
            try await issuer.makePasses(1)
            let serialNumber = try await issuer.serialNumbers()[0]
            let before = try #require(
                try await issuer.package(serialNumber).headers["Last-Modified"].flatMap { Instant(httpDate: $0) })
            let known = Self.package(serialNumber, since: before.rfc3339)
            #expect(try await Self.ask(issuer, [known]) == [.string(before.rfc3339)])
            let answer = try await issuer.admin(.patch, "/admin/v1/passes/\(serialNumber)", ["voided": true])
            #expect(answer.status == 200)
            #expect(try await Self.ask(issuer, [known]) == [.null])
        }
    }

    @Test("takes 500 packages and none, and refuses more, other scopes, and what is no instant")
    func refuses() async throws {
        try await IssuerUnderTest.runWithCampaign { (issuer, _) async throws in
            func status(_ packages: [JSONValue], token: String = IssuerUnderTest.registryToken) async throws -> Int {
                try await issuer.send(
                    .post, issuer.internalURL + "/rpc/v1/passes/freshness", token: token,
                    body: JSONValue.object(["packages": .array(packages)]).serialized(),
                    headers: ["Content-Type": "application/json"]
                ).status
            }
            let many = (1...501).map { Self.package("s\($0)") }
            #expect(try await status(many) == 422)
            #expect(try await Self.ask(issuer, Array(many.dropLast()))?.count == 500)
            #expect(try await Self.ask(issuer, []) == [])
            #expect(try await status([Self.package("s1", since: "yesterday")]) == 422)
            #expect(try await status([], token: IssuerUnderTest.adminToken) == 403)
        }
    }
}
