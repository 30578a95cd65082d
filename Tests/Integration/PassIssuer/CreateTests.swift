import Contracts
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct CreateTests {
    @Test("answers an Apple link with a signed package that independent tools accept")
    func package() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let answer = try await issuer.open(try await issuer.link())
            #expect(answer.status == 200, "\(answer.text.prefix(500))")
            #expect(answer.headers["Content-Type"] == "application/vnd.apple.pkpass")
            #expect(answer.headers["Content-Disposition"] == #"inline; filename="spring.pkpass""#)
            #expect(answer.headers["Cache-Control"] == "no-store, private")
            #expect(answer.headers["Content-Length"] == "\(answer.body.count)")
            #expect(answer.headers["Last-Modified"].flatMap { Instant(httpDate: $0) } != nil)
            let package = try Package(answer.body)
            try package.verifySignature()
            #expect(package.json["storeCard"]?["primaryFields"]?.arrayValue?.first?["value"] == 10)
            #expect(package.json["storeCard"]?["secondaryFields"]?.arrayValue?.first?["value"] == "Dear friend")
            #expect(package.json["passTypeIdentifier"] == "pass.example.demo")
            #expect(package.json["webServiceURL"] == "https://registry.example")
            #expect((package.json["authenticationToken"]?.stringValue?.utf8.count ?? 0) >= 16)
        }
    }

    @Test("a link opened again, also in parallel, makes one pass")
    func idempotent() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let link = try await issuer.link()
            let serials = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        let answer = try await issuer.open(link)
                        return try Package(answer.body).json["serialNumber"]?.stringValue ?? "\(answer.status)"
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(serials.count == 1)
            #expect(try await issuer.count("passes") == 1)
            #expect(try await issuer.open(link + ".pkpass").status == 200)
            #expect(try await issuer.count("passes") == 1)
        }
    }

    @Test("newer links bring newer data and tell phones; older links change nothing")
    func newerData() async throws {
        let registry = try RegistryStub()
        try await IssuerUnderTest.run(["DEVICE_REGISTRY_URL": registry.url]) { issuer in
            try await issuer.putActiveCampaign()
            let older = try await issuer.link(voucher: ["points": 1])
            let newer = try await issuer.link(voucher: ["points": 2])
            let first = try await issuer.open(older)
            let second = try await issuer.open(newer)
            #expect(try Package(second.body).points == 2)
            let again = try await issuer.open(older)
            #expect(try Package(again.body).points == 2)
            let stamps = try [first, second].map {
                try #require($0.headers["Last-Modified"].flatMap { Instant(httpDate: $0) })
            }
            #expect(stamps[0] < stamps[1])
            #expect(again.headers["Last-Modified"] == second.headers["Last-Modified"])
            let serial = try #require(try Package(second.body).json["serialNumber"]?.stringValue)
            #expect(
                await eventually {
                    registry.notes.taken.withLock { $0.map { $0.serialNumbers.map(\.rawValue) } } == [[serial]]
                })
        }
        await registry.stop()
    }

    @Test("images are read and hashed once for a version of a campaign, not for each pass")
    func imagesOnce() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let first = try Package(try await issuer.open(try await issuer.link()).body)
            try await issuer.pool.execute("DELETE FROM issuer.campaign_images")
            let second = try Package(try await issuer.open(try await issuer.link(key: "c-2")).body)
            #expect(first.json["serialNumber"] != second.json["serialNumber"])
            let images = try second.manifest().filter { $0.key.hasSuffix(".png") }
            #expect(!images.isEmpty)
            #expect(try first.manifest().filter { $0.key.hasSuffix(".png") } == images)
        }
    }

    @Test("HEAD checks the link and stores nothing")
    func head() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let link = try await issuer.link()
            let answer = try await issuer.open(link, method: .head)
            #expect(answer.status == 200)
            #expect(answer.headers["Content-Type"] == "application/vnd.apple.pkpass")
            #expect(answer.headers["Content-Disposition"]?.hasPrefix("inline; filename=\"") == true)
            #expect(answer.headers["Cache-Control"] == "no-store, private")
            #expect(answer.body.isEmpty)
            #expect(try await issuer.count("passes") == 0)
            #expect(try await issuer.open(link + "x", method: .head).status == 401)
        }
    }

    @Test("says what is wrong with a link")
    func errors() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            #expect(try await issuer.open("/api/pass/create/nonsense").status == 400)
            #expect(try await issuer.open(try await issuer.link() + "A").status == 401)
            #expect(try await issuer.open(try await issuer.link(campaign: "nobody")).status == 404)
            #expect(try await issuer.open(try await issuer.link(platform: "google")).status == 409)
            let missing = try await issuer.open(try await issuer.link(voucher: .object([:])))
            #expect(missing.status == 422)
            #expect(missing.text.contains("voucher.points"))
            #expect(try await issuer.count("passes") == 0)
            let draft = try await issuer.admin(.put, "/admin/v1/campaigns/draft", IssuerUnderTest.campaign())
            #expect(draft.status == 201)
            #expect(try await issuer.open(try await issuer.link(campaign: "draft")).status == 409)
            let link = try await issuer.link()
            let ended = IssuerUnderTest.campaign(["endsAt": "2020-01-01T00:00:00Z"])
            #expect(try await issuer.admin(.put, "/admin/v1/campaigns/spring", ended).json["state"] == "ended")
            #expect(try await issuer.open(link).status == 410)
        }
    }

    @Test("a newer link whose values phones would refuse leaves the pass as it was")
    func faultyValues() async throws {
        try await IssuerUnderTest.run { issuer in
            let body = IssuerUnderTest.campaign(pass: ["expirationDate": "{{voucher.until}}"])
            try await issuer.putActiveCampaign("spring", body)
            let good = try await issuer.link(voucher: ["points": 1, "until": "2030-01-01T00:00:00Z"])
            let first = try await issuer.open(good)
            #expect(first.status == 200, "\(first.text.prefix(300))")
            let bad = try await issuer.open(try await issuer.link(voucher: ["points": 2, "until": "tomorrow"]))
            #expect(bad.status == 422)
            #expect(bad.pointers == ["/pass/expirationDate"])
            let again = try await issuer.open(good)
            #expect(try Package(again.body).points == 1)
            #expect(again.headers["Last-Modified"] == first.headers["Last-Modified"])
        }
    }

    @Test("answers a person's browser with a page, and a link for any device by the device")
    func pages() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let html: HTTPHeaders = ["Accept": "text/html,*/*;q=0.8"]
            let problem = try await issuer.open("/api/pass/create/nonsense", headers: html)
            #expect(problem.status == 400)
            #expect(problem.headers["Content-Type"]?.hasPrefix("text/html") == true)
            let link = try await issuer.link(platform: "any")
            let page = try await issuer.open(link, headers: ["User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"])
            #expect(page.headers["Content-Type"]?.hasPrefix("text/html") == true)
            #expect(page.text.contains("Add to Apple Wallet") && !page.text.contains("Google"))
            #expect(page.text.contains("<svg"))
            #expect(try await issuer.count("passes") == 0)
            let phone = try await issuer.open(link, headers: ["User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)"])
            #expect(phone.headers["Content-Type"] == "application/vnd.apple.pkpass")
            let button = try await issuer.open(link + "?platform=apple")
            #expect(button.headers["Content-Type"] == "application/vnd.apple.pkpass")
        }
    }

    @Test("limits how many links an address opens")
    func rate() async throws {
        let settings = ["CREATE_RATE_PER_ADDRESS": "0.1", "CREATE_BURST_PER_ADDRESS": "3"]
        try await IssuerUnderTest.run(settings) { issuer in
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await issuer.open("/api/pass/create/x").status) }
            #expect(statuses == [400, 400, 400, 429])
            let answer = try await issuer.open("/api/pass/create/x")
            #expect(answer.headers["Retry-After"].flatMap { Int($0) } ?? 0 >= 1)
        }
    }
}
