import Contracts
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct CampaignEndTests {
    private static func put(endsAt end: Instant?, at issuer: IssuerUnderTest) async throws -> IssuerUnderTest.Answer {
        var more: JSONObject = [:]
        if let end { more["endsAt"] = .string(end.rfc3339) }
        let answer = try await issuer.admin(.put, "/admin/v1/campaigns/spring", IssuerUnderTest.campaign(more))
        try #require(answer.status == 200, "\(answer.text)")
        return answer
    }

    private static func state(at issuer: IssuerUnderTest) async throws -> JSONValue? {
        try await issuer.admin(.get, "/admin/v1/campaigns/spring").json["state"]
    }

    @Test("links open up to the end's instant, answer 410 from it on, and open again with a later end or none")
    func instant() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let (link, other) = (try await issuer.link(), try await issuer.link(key: "other"))
            let opened = try await issuer.open(link)
            #expect(opened.status == 200)
            // Nothing but the clock shall end it.
            await issuer.stopBackgroundWork()
            let end = Instant.now().adding(seconds: 10).truncatedToSecond
            #expect(try await Self.put(endsAt: end, at: issuer).json["state"] == "active")
            try await eventually("the campaign to end") {
                let asked = Instant.now()
                let status = try await issuer.open(link).status
                #expect(status == 410 || status == 200 && asked < end)
                #expect(status == 200 || Instant.now() >= end)
                return status == 410
            }
            #expect(try await Self.state(at: issuer) == "ended")
            #expect(try await issuer.open(other).status == 410)
            let serial = try #require(try Package(opened.body).json["serialNumber"]?.stringValue)
            #expect(try await issuer.package(serial).status == 200)

            let later = try await Self.put(endsAt: Instant.now().adding(seconds: 3_600), at: issuer)
            #expect(later.json["state"] == "active")
            #expect(try await issuer.open(link).status == 200)
            #expect(try await Self.put(endsAt: end, at: issuer).json["state"] == "ended")
            #expect(try await issuer.open(link).status == 410)
            #expect(try await Self.put(endsAt: nil, at: issuer).json["state"] == "active")
            #expect(try await issuer.open(other).status == 200)
        }
    }
}
