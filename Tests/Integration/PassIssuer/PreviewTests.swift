import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct PreviewTests {
    private func preview(
        _ body: JSONValue, _ issuer: IssuerUnderTest, of campaign: String = "spring", accept: String = "*/*"
    ) async throws -> IssuerUnderTest.Answer {
        try await issuer.send(
            .post, issuer.internalURL + "/admin/v1/campaigns/\(campaign)/preview", token: IssuerUnderTest.adminToken,
            body: body.serialized(), headers: ["Content-Type": "application/json", "Accept": accept])
    }

    @Test("answers the final pass.json and stores nothing")
    func passJSON() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let answer = try await preview(
                ["platform": "apple", "contact": ["id": "c-1", "firstName": "Ada"], "voucher": ["points": 7]], issuer)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(
                answer.json["serialNumber"] == "preview" && answer.json["passTypeIdentifier"] == "pass.example.demo")
            #expect(answer.json["webServiceURL"] == nil && answer.json["authenticationToken"] == nil)
            #expect(answer.json["storeCard"]?["primaryFields"]?[0]?["value"] == 7)
            #expect(answer.json["storeCard"]?["secondaryFields"]?[0]?["value"] == "Dear Ada")
            #expect(try await issuer.count("passes") == 0)
        }
    }

    @Test("answers the signed package, which independent tools accept")
    func package() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let answer = try await preview(
                ["platform": "apple", "contact": ["id": "c"], "voucher": ["points": 1]], issuer,
                accept: "application/vnd.apple.pkpass")
            #expect(answer.status == 200 && answer.headers["Content-Type"] == "application/vnd.apple.pkpass")
            let package = try Package(answer.body)
            try package.verifySignature()
            #expect(package.json["serialNumber"] == "preview" && package.json["webServiceURL"] == nil)
        }
    }

    @Test("fills in typical or longest sample values when none are given")
    func samples() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let typical = try await preview(["platform": "apple"], issuer)
            let longest = try await preview(["platform": "apple", "sample": "longest"], issuer)
            #expect(typical.status == 200 && longest.status == 200, "\(typical.text)")
            let name: (IssuerUnderTest.Answer) -> String = {
                $0.json["storeCard"]?["secondaryFields"]?[0]?["value"]?.stringValue ?? ""
            }
            #expect(name(typical) == "Dear Ada")
            #expect(name(longest).count > name(typical).count)
        }
    }

    @Test("refuses values that phones would refuse, missing ones, unknown keys and campaigns; a draft has no package")
    func refuses() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let missing = try await preview(["platform": "apple", "contact": [:]], issuer)
            #expect(missing.status == 422 && !missing.pointers.isEmpty)
            #expect(try await preview(["platform": "nokia"], issuer).status == 422)
            #expect(try await preview(["platform": "apple", "values": [:]], issuer).status == 422)
            #expect(try await preview(["platform": "apple"], issuer, of: "nobody").status == 404)
            #expect(try await preview(["platform": "google"], issuer).status == 409)
            _ = try await issuer.admin(.put, "/admin/v1/campaigns/draft", IssuerUnderTest.campaign())
            #expect(try await preview(["platform": "apple"], issuer, of: "draft").status == 200)
            let package = try await preview(
                ["platform": "apple"], issuer, of: "draft", accept: "application/vnd.apple.pkpass")
            #expect(package.status == 409)
        }
    }
}
