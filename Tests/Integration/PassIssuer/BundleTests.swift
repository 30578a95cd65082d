import Archive
import Contracts
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

/// Links to several passes.
@Suite struct BundleTests {
    private static let safari: HTTPHeaders = [
        "Accept": "text/html,*/*;q=0.8",
        "User-Agent":
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
            + "Mobile/15E148 Safari/604.1",
    ]
    private static let chrome: HTTPHeaders = [
        "Accept": "text/html,*/*;q=0.8",
        "User-Agent":
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            + "CriOS/137.0.7151.51 Mobile/15E148 Safari/604.1",
    ]

    private static func pass(_ key: String, _ campaign: String = "spring", points: Int? = 10) -> JSONValue {
        var pass: JSONObject = [
            "campaignId": .string(campaign), "passKey": .string(key), "contact": ["id": .string(key)],
        ]
        pass["voucher"] = points.map { ["points": .number(JSONNumber($0))] }
        return .object(pass)
    }

    private static func link(
        _ issuer: IssuerUnderTest, _ passes: [JSONValue], platform: String = "apple"
    ) async throws -> String {
        let answer = try await issuer.send(
            .post, issuer.internalURL + "/pers/v1/urls", token: IssuerUnderTest.personalisationToken,
            body: JSONValue.object([
                "requests": [["id": "b-1", "platform": .string(platform), "passes": .array(passes)]]
            ]).serialized(), headers: ["Content-Type": "application/json"])
        return try #require(answer.json["urls"]?[0]?["url"]?.stringValue, "\(answer.text)")
    }

    private static func packages(_ bytes: [UInt8]) throws -> [Package] {
        let archive = try ZIPReader(bytes)
        return try archive.files.map { try Package(try archive.bytes(of: $0)) }
    }

    @Test("gives Safari all passes in one archive, each signed, and the same passes again")
    func safari() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let link = try await Self.link(issuer, [Self.pass("a", points: 1), Self.pass("b", points: 2)])
            let answer = try await issuer.open(link, headers: Self.safari)
            #expect(answer.status == 200, "\(answer.text.prefix(500))")
            #expect(answer.headers["Content-Type"] == "application/vnd.apple.pkpasses")
            #expect(answer.headers["Content-Disposition"] == #"inline; filename="passes.pkpasses""#)
            #expect(answer.headers["Content-Length"] == "\(answer.body.count)")
            #expect(answer.headers["Last-Modified"] != nil)
            let packages = try Self.packages(answer.body)
            #expect(packages.map(\.points) == [1, 2])
            for package in packages { try package.verifySignature() }
            for suffix in ["", ".pkpass", ".pkpasses"] {
                let again = try Self.packages(try await issuer.open(link + suffix, headers: Self.safari).body)
                #expect(again.map { $0.json["serialNumber"] } == packages.map { $0.json["serialNumber"] })
            }
            #expect(try await issuer.count("passes") == 2)
            // A link of its own finds the same pass.
            let single = try await issuer.open(try await issuer.link(key: "a", contact: ["id": "a"]))
            #expect(try Package(single.body).json["serialNumber"] == packages[0].json["serialNumber"])
            #expect(try await issuer.count("passes") == 2)
        }
    }

    @Test("shows other browsers a page with an ordinary link to each pass, and makes nothing before one is touched")
    func page() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let link = try await Self.link(issuer, [Self.pass("a", points: 1), Self.pass("b", points: 2)])
            let page = try await issuer.open(link, headers: Self.chrome.adding("Accept-Language", "de"))
            #expect(page.status == 200 && page.headers["Content-Type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("Ihre Pässe sind bereit") && !page.text.contains("<script"))
            #expect(try await issuer.count("passes") == 0)
            let links = page.text.matches(of: /href="([^"?]+)\?platform=apple"/).map { String($0.output.1) }
            #expect(links.count == 2)
            for (number, token) in links.enumerated() {
                let answer = try await issuer.open(
                    "/api/pass/create/\(token)?platform=apple", headers: Self.chrome)
                #expect(answer.headers["Content-Type"] == "application/vnd.apple.pkpass")
                #expect(try Package(answer.body).points == .number(JSONNumber(number + 1)))
            }
            let whole = try Self.packages(try await issuer.open(link, headers: Self.safari).body)
            #expect(whole.count == 2)
            #expect(try await issuer.count("passes") == 2)
        }
    }

    @Test("HEAD checks every pass and stores nothing")
    func head() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let good = try await Self.link(issuer, [Self.pass("a"), Self.pass("b")])
            let answer = try await issuer.open(good, method: .head, headers: Self.safari)
            #expect(answer.status == 200 && answer.body.isEmpty)
            #expect(answer.headers["Content-Type"] == "application/vnd.apple.pkpasses")
            let bad = try await Self.link(issuer, [Self.pass("a"), Self.pass("b", "nobody")])
            #expect(try await issuer.open(bad, method: .head, headers: Self.safari).status == 404)
            #expect(try await issuer.count("passes") == 0)
        }
    }

    @Test("names the pass that can't be made, and makes none of them")
    func oneFails() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            try await issuer.putActiveCampaign("over")
            let late = try await Self.link(issuer, [Self.pass("a"), Self.pass("b", "over")])
            let end = IssuerUnderTest.campaign(["endsAt": "2020-01-01T00:00:00Z"])
            #expect(try await issuer.admin(.put, "/admin/v1/campaigns/over", end).json["state"] == "ended")
            let ended = try await issuer.open(late, headers: ["Accept": "*/*"])
            #expect(ended.status == 410 && ended.pointers == ["/passes/1"])
            #expect(ended.json["detail"] == "Pass 2 of 2: The campaign has ended.")
            let lacking = try await issuer.open(
                try await Self.link(issuer, [Self.pass("a"), Self.pass("b"), Self.pass("c", points: nil)]))
            #expect(lacking.status == 422, "\(lacking.text)")
            #expect(lacking.pointers.allSatisfy { $0.hasPrefix("/passes/2/") } && !lacking.pointers.isEmpty)
            let person = try await issuer.open(late, headers: Self.safari)
            #expect(person.status == 410 && person.text.contains("Pass 2 of 2"))
            #expect(try await issuer.count("passes") == 0)
        }
    }

    @Test("says at the request's own place what is wrong with a list, in JSON and in lines")
    func faults() async throws {
        try await IssuerUnderTest.run { issuer in
            let requests: [JSONValue] = [
                ["id": "1", "platform": "apple", "passes": [Self.pass("a"), ["campaignId": "X"]]],
                ["id": "2", "platform": "apple", "passes": [Self.pass("a"), Self.pass("a")]],
                ["id": "3", "platform": "apple", "passes": [Self.pass("a"), Self.pass("b")]],
            ]
            let answer = try await issuer.send(
                .post, issuer.internalURL + "/pers/v1/urls", token: IssuerUnderTest.personalisationToken,
                body: JSONValue.object(["requests": .array(requests)]).serialized(),
                headers: ["Content-Type": "application/json"])
            let urls = try #require(answer.json["urls"]?.arrayValue)
            #expect(urls[0]["error"]?["pointer"] == "/requests/0/passes/1/campaignId")
            #expect(urls[1]["error"]?["pointer"] == "/requests/1/passes/1")
            #expect(urls[2]["url"]?.stringValue != nil)
            let lines = try await issuer.send(
                .post, issuer.internalURL + "/pers/v1/urls", token: IssuerUnderTest.personalisationToken,
                body: requests.flatMap { $0.serialized() + [0x0A] },
                headers: ["Content-Type": "application/x-ndjson"])
            let results = try lines.text.split(separator: "\n").map { try JSON.parse(String($0)) }
            #expect(results[0]["error"]?["pointer"] == "/passes/1/campaignId")
            #expect(results[2]["url"]?.stringValue != nil)
        }
    }
}
