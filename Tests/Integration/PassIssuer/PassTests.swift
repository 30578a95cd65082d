import Contracts
import Cryptography
import HTTPServer
import HTTPTypes
import JSON
import Support
import Synchronization
import Testing

@testable import PassIssuer

@Suite struct PassTests {
    private func serialNumber(_ answer: IssuerUnderTest.Answer) throws -> String {
        try #require(try Package(answer.body).json["serialNumber"]?.stringValue)
    }

    private func patch(_ issuer: IssuerUnderTest, _ serial: String, _ body: JSONValue) async throws
        -> IssuerUnderTest.Answer
    {
        try await issuer.send(
            .patch, issuer.internalURL + "/admin/v1/passes/\(serial)", token: IssuerUnderTest.adminToken,
            body: body.serialized(), headers: ["Content-Type": "application/merge-patch+json"])
    }

    @Test("shows a pass and lists a campaign's passes")
    func shows() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            for key in ["a", "b", "c"] { _ = try await issuer.open(try await issuer.link(key: key)) }
            let list = try await issuer.admin(.get, "/admin/v1/campaigns/spring/passes?limit=2")
            #expect(list.json["items"]?.arrayValue?.count == 2)
            #expect(list.json["nextCursor"] != nil)
            let serial = try #require(list.json["items"]?.arrayValue?.first?["serialNumber"]?.stringValue)
            let pass = try await issuer.admin(.get, "/admin/v1/passes/\(serial)")
            #expect(pass.json["platforms"] == ["apple"])
            #expect(pass.json["campaignId"] == "spring")
            #expect(pass.json["voided"] == false)
            #expect(try await issuer.admin(.get, "/admin/v1/passes/nobody").status == 404)
            #expect(try await issuer.admin(.get, "/admin/v1/campaigns/spring").json["passes"] == 3)
        }
    }

    @Test("many patches at once all arrive")
    func parallelPatches() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let serial = try serialNumber(try await issuer.open(try await issuer.link()))
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        try await patch(
                            issuer, serial, ["voucher": .object(["n\(number)": .number(JSONNumber(number))])]
                        ).status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            let pass = try await issuer.admin(.get, "/admin/v1/passes/\(serial)")
            for number in 0..<16 { #expect(pass.json["voucher"]?["n\(number)"]?.intValue == number) }
            #expect(pass.json["version"]?.intValue == 17)
        }
    }

    @Test("a patch is seen by the next fetch, once; one that changes nothing is not")
    func fetch() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let opened = try await issuer.open(try await issuer.link())
            let serial = try serialNumber(opened)
            let stamp = try #require(opened.headers["Last-Modified"])
            let unchanged = try await issuer.package(serial, since: stamp)
            #expect(unchanged.status == 304)
            #expect(unchanged.body.isEmpty)
            #expect(try await patch(issuer, serial, ["voucher": ["points": 10]]).status == 200)
            #expect(try await issuer.package(serial, since: stamp).status == 304)
            #expect(try await patch(issuer, serial, ["voucher": ["points": 11]]).status == 200)
            let changed = try await issuer.package(serial, since: stamp)
            #expect(changed.status == 200)
            let package = try Package(changed.body)
            try package.verifySignature()
            #expect(package.points == 11)
            let newStamp = try #require(changed.headers["Last-Modified"])
            #expect(try #require(Instant(httpDate: newStamp)) > (try #require(Instant(httpDate: stamp))))
            #expect(try await issuer.package(serial, since: newStamp).status == 304)
            #expect(try await issuer.package(serial, since: "Fri, 01 Jan 2100 00:00:00 GMT").status == 304)
            #expect(try await issuer.package(serial, since: "yesterday").status == 200)
            let head = try await issuer.package(serial, method: .head)
            #expect(head.status == 200 && head.headers["Last-Modified"] == newStamp && head.body.isEmpty)
            for name in ["Content-Type", "Cache-Control", "Content-Length"] {
                #expect(head.headers[name] == changed.headers[name], "\(name)")
            }
            #expect(try await issuer.package(serial, passType: "pass.example.other").status == 404)
            #expect(try await issuer.package("nobody").status == 404)
        }
    }

    @Test("is signed once for each version, however often its package is asked for")
    func signedOnce() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let serial = try serialNumber(try await issuer.open(try await issuer.link()))
            let first = try await issuer.package(serial)
            // The signing time is in seconds: another signature would differ.
            let second = Instant.now().wholeSeconds
            #expect(await eventually { Instant.now().wholeSeconds > second })
            #expect(try await issuer.package(serial).body == first.body)
            #expect(try await patch(issuer, serial, ["voucher": ["points": 12]]).status == 200)
            #expect(try await issuer.package(serial).body != first.body)
        }
    }

    @Test("refuses a patch that phones would refuse, and keeps what they have")
    func faultyPatch() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let serial = try serialNumber(try await issuer.open(try await issuer.link()))
            let answer = try await patch(issuer, serial, ["voucher": ["points": .null]])
            #expect(answer.status == 422, "\(answer.text)")
            #expect(try await issuer.admin(.get, "/admin/v1/passes/\(serial)").json["voucher"]?["points"] == 10)
            #expect(try await patch(issuer, serial, ["vouchers": .object([:])]).status == 422)
            #expect(try await patch(issuer, "nobody", ["voided": true]).status == 404)
        }
    }

    @Test("a voided pass is served as such")
    func voided() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let serial = try serialNumber(try await issuer.open(try await issuer.link()))
            #expect(try await patch(issuer, serial, ["voided": true]).json["voided"] == true)
            #expect(try Package(try await issuer.package(serial).body).json["voided"] == true)
        }
    }

    @Test("a new version of the campaign reaches a pass, and one that it can't be made of leaves the last good one")
    func newVersion() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let opened = try await issuer.open(try await issuer.link())
            let serial = try serialNumber(opened)
            let stamp = try #require(opened.headers["Last-Modified"])
            let second = IssuerUnderTest.campaign(pass: ["description": "Tea card"])
            #expect(try await issuer.admin(.put, "/admin/v1/campaigns/spring", second).status == 200)
            let fetched = try await issuer.package(serial, since: stamp)
            #expect(fetched.status == 200)
            #expect(try Package(fetched.body).json["description"] == "Tea card")
            let third = IssuerUnderTest.campaign(pass: ["description": "{{voucher.title}}"])
            #expect(try await issuer.admin(.put, "/admin/v1/campaigns/spring", third).status == 200)
            let kept = try await issuer.package(serial)
            #expect(try Package(kept.body).json["description"] == "Tea card")
            #expect(kept.headers["Last-Modified"] == fetched.headers["Last-Modified"])
        }
    }

    @Test("says on how many devices a pass is, as far as the registry can be asked")
    func installations() async throws {
        let registry = try RegistryStub()
        try await IssuerUnderTest.run(["DEVICE_REGISTRY_URL": registry.url]) { issuer in
            try await issuer.putActiveCampaign()
            let serial = try serialNumber(try await issuer.open(try await issuer.link()))
            #expect(try await issuer.admin(.get, "/admin/v1/passes/\(serial)").json["installations"] == 3)
            let list = try await issuer.admin(.get, "/admin/v1/campaigns/spring/passes")
            #expect(list.json["items"]?.arrayValue?.first?["installations"] == 3)
            await registry.stop()
            let alone = try await issuer.admin(.get, "/admin/v1/passes/\(serial)")
            #expect(alone.status == 200)
            #expect(alone.json["installations"] == .null)
        }
    }

    @Test("tells the device registry of each change, again and again until it takes it, and once")
    func outbox() async throws {
        let registry = try RegistryStub()
        try await IssuerUnderTest.run(["DEVICE_REGISTRY_URL": registry.url]) { issuer in
            try await issuer.putActiveCampaign()
            let serial = try serialNumber(try await issuer.open(try await issuer.link()))
            registry.notes.refusals.withLock { $0 = 2 }
            #expect(try await patch(issuer, serial, ["voucher": ["points": 11]]).status == 200)
            #expect(await eventually { registry.notes.taken.withLock { $0.count } == 1 })
            let update = try #require(registry.notes.taken.withLock { $0.first })
            #expect(update.serialNumbers.map(\.rawValue) == [serial])
            #expect(update.passTypeIdentifier.rawValue == "pass.example.demo")
            #expect(registry.notes.seen.withLock { Set($0) }.count == 1)
            #expect(
                try await eventually {
                    try await issuer.pool.query("SELECT 1 FROM issuer.messages WHERE kind = 'passesChanged'").isEmpty
                })
        }
        await registry.stop()
    }
}
