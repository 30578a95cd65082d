import Contracts
import HTTPTypes
import JSON
import Postgres
import Support
import Testing

@testable import PassIssuer

@Suite("Erasing a contact at pass-issuer") struct ContactErasureTests {
    private func serialNumber(_ answer: IssuerUnderTest.Answer) throws -> String {
        try #require(try Package(answer.body).json["serialNumber"]?.stringValue, "\(answer.text)")
    }

    private func erase(_ issuer: IssuerUnderTest, _ body: JSONValue = ["contactId": "c-1"]) async throws -> String {
        let answer = try await issuer.admin(.post, "/admin/v1/erasures", body)
        try #require(answer.status == 202, "\(answer.text)")
        return try #require(answer.json["id"]?.stringValue)
    }

    private func emptied(_ issuer: IssuerUnderTest, _ serial: String) async throws {
        try await eventually("the pass to be emptied") {
            try await issuer.admin(.get, "/admin/v1/passes/\(serial)").json["erasedAt"] != nil
        }
    }

    @Test("empties and voids the pass, and every column that held something of the person")
    func empties() async throws {
        let registry = try RegistryStub()
        try await IssuerUnderTest.run(withReceiver: ["DEVICE_REGISTRY_URL": registry.url]) { issuer, receiver in
            try await issuer.putActiveCampaign()
            _ = try await issuer.putWebhook(receiver.url, events: ["issued"])
            let serial = try serialNumber(
                try await issuer.open(
                    try await issuer.link(
                        key: "key-of-c-1", contact: ["id": "c-1", "firstName": "Ada"], voucher: ["points": 4_711])))
            _ = try await erase(issuer)
            try await emptied(issuer, serial)
            let pass = try await issuer.admin(.get, "/admin/v1/passes/\(serial)").json
            #expect(pass["contact"] == [:] && pass["voucher"] == [:] && pass["voided"] == true)
            for table in ["passes", "pass_events", "webhook_deliveries", "pass_updates", "messages", "erasures"] {
                let found = try await issuer.number(
                    "SELECT count(*) FROM issuer.\(identifier: table) t WHERE t::text ~ 'c-1|Ada|4711'")
                #expect(found == 0, "\(table)")
            }
            let package = try Package(try await issuer.package(serial).body)
            try package.verifySignature()
            #expect(package.json["voided"] == true)
            try await eventually("the registry to hear") { registry.serialNumbers.contains(serial) }
        }
    }

    @Test("old links answer 410, patches and lines of mass updates are refused, and a newer link makes the pass again")
    func links() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let opened = try await issuer.link(key: "a")
            let unopened = try await issuer.link(key: "b")
            let serial = try serialNumber(try await issuer.open(opened))
            _ = try await erase(issuer)
            try await emptied(issuer, serial)
            for link in [opened, unopened] {
                #expect(try await issuer.open(link).status == 410)
                #expect(try await issuer.open(link, method: .head).status == 410)
            }
            let patch = try await issuer.admin(
                .patch, "/admin/v1/passes/\(serial)", ["voucher": ["points": 5]])
            #expect(patch.status == 410)
            let again = try await issuer.open(try await issuer.link(key: "a", voucher: ["points": 12]))
            #expect(try serialNumber(again) == serial)
            let pass = try await issuer.admin(.get, "/admin/v1/passes/\(serial)").json
            #expect(pass["erasedAt"] == nil && pass["voided"] == false && pass["voucher"]?["points"] == 12)
            #expect(try await issuer.open(opened).status == 200)
        }
    }

    @Test("has other services forget no pass of a person who has come back while the erasure runs")
    func comesBack() async throws {
        // Nobody answers for the registry, so the erasure goes on.
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let serial = try serialNumber(try await issuer.open(try await issuer.link(key: "a")))
            let id = try #require(ErasureID(rawValue: try await erase(issuer)))
            try await emptied(issuer, serial)
            let store = ErasureStore(database: issuer.pool)
            #expect(try await store.passes(of: id, after: "", limit: 10).map(\.serialNumber.rawValue) == [serial])
            _ = try serialNumber(try await issuer.open(try await issuer.link(key: "a", voucher: ["points": 12])))
            #expect(try await store.passes(of: id, after: "", limit: 10).isEmpty)
            #expect(try await issuer.admin(.get, "/admin/v1/erasures/\(id)").json["state"] == "running")
        }
    }

    @Test("an erasure that a backup lost is repeated by its hash")
    func byHash() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let first = try await erase(issuer)
            let erasure = try await issuer.admin(.get, "/admin/v1/erasures/\(first)").json
            let hash = try #require(erasure["contactHash"])
            let serial = try serialNumber(try await issuer.open(try await issuer.link(key: "a")))
            _ = try await erase(issuer, ["contactHash": hash])
            try await emptied(issuer, serial)
            let list = try await issuer.admin(.get, "/admin/v1/erasures?limit=1").json
            #expect(list["items"]?[0]?["contactHash"] == hash && list["nextCursor"] != nil)
        }
    }

    @Test("tells the registry the versions with which a pass was emptied and became somebody's again")
    func versions() async throws {
        // Nobody answers for the registry, so what it shall be told stays.
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let serial = try serialNumber(try await issuer.open(try await issuer.link(key: "a")))
            let id = try #require(ErasureID(rawValue: try await erase(issuer)))
            try await emptied(issuer, serial)
            let version: SQL = "SELECT version FROM issuer.passes"
            let erased = try await ErasureStore(database: issuer.pool).passes(of: id, after: "", limit: 10).first
            #expect(try await erased?.version == issuer.number(version))
            _ = try serialNumber(try await issuer.open(try await issuer.link(key: "a", voucher: ["points": 12])))
            let told = try await issuer.number(
                "SELECT (payload ->> 'version')::integer FROM issuer.messages WHERE payload ->> 'revives' = 'true'")
            #expect(try await told == issuer.number(version))
            #expect(told > (erased?.version ?? .max))
        }
    }

    @Test(
        "refuses a request that names nobody, or two",
        arguments: [
            [:], ["contactId": "a", "contactHash": "b"], ["contactId": ""],
            ["contactId": "a", "erasedAt": "2026-01-01T00:00:00Z"],
        ] as [JSONValue])
    func faulty(_ body: JSONValue) async throws {
        try await IssuerUnderTest.run { issuer in
            let answer = try await issuer.admin(.post, "/admin/v1/erasures", body)
            #expect(answer.status == 422)
        }
    }

    @Test("passes of a campaign that ended long ago lose their contents when that is set")
    func ended() async throws {
        try await IssuerUnderTest.run(["ENDED_PASS_RETENTION_SECONDS": "3600"]) { issuer in
            try await issuer.putActiveCampaign()
            let serial = try serialNumber(try await issuer.open(try await issuer.link()))
            await issuer.stopBackgroundWork()
            try await issuer.pool.execute("UPDATE issuer.campaigns SET ends_at = now() - interval '2 hours'")
            let again = Task { [issuer] in try? await issuer.service.run() }
            try await emptied(issuer, serial)
            again.cancel()
            await again.value
        }
    }
}
