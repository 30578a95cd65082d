import Contracts
import HTTPTypes
import JSON
import Postgres
import Support
import Testing

@testable import PassIssuer

@Suite struct PassExpiryTests {
    private static func date(_ seconds: Int) -> String {
        Instant.now().adding(seconds: seconds).truncatedToSecond.rfc3339
    }

    /// Makes a pass whose voucher holds its end.
    private static func issue(_ key: String, until date: String, at issuer: IssuerUnderTest) async throws -> String {
        let link = try await issuer.link(key: key, voucher: ["points": 1, "until": .string(date)])
        let opened = try await issuer.open(link)
        try #require(opened.status == 200, "\(opened.text)")
        return try #require(try Package(opened.body).json["serialNumber"]?.stringValue)
    }

    private static let campaign = IssuerUnderTest.campaign(pass: ["expirationDate": "{{voucher.until}}"])

    @Test("a pass that expires is told once at its instant, on two replicas, and one that is void is not")
    func told() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putActiveCampaign("spring", Self.campaign)
            try await issuer.putWebhook(receiver.url, events: ["expired"])
            let other = try issuer.makeService(on: issuer.pool)
            let work = Task { try? await other.run() }
            // Long enough that all are made before, on a busy machine as well.
            let end = Self.date(20)
            var serials: Set<String> = []
            for number in 1...10 { serials.insert(try await Self.issue("c-\(number)", until: end, at: issuer)) }
            let void = try await Self.issue("void", until: end, at: issuer)
            #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(void)", ["voided": true]).status == 200)
            let later = try await Self.issue("later", until: Self.date(3_600), at: issuer)
            _ = try await Self.issue("past", until: "2020-01-01T00:00:00Z", at: issuer)
            try await eventually(within: .seconds(60), "ten events") { receiver.taken.count == 10 }
            #expect(Set(receiver.taken.map(\.serialNumber)) == serials)
            #expect(receiver.taken.allSatisfy { $0.type == "expired" && $0.json["timestamp"] == .string(end) })
            let waiting = try await issuer.pool.query(
                "SELECT serial_number FROM issuer.passes WHERE expires_at IS NOT NULL"
            )
            .map { try $0.decode(String.self) }
            #expect(waiting == [later])
            // Nothing of it is told again by a change that leaves the date as it is.
            let serial = try #require(serials.first)
            try await issuer.pool.execute("UPDATE issuer.webhooks SET events = NULL")
            try await issuer.setPoints(7, of: serial)
            try await eventually("the change") { receiver.taken.last?.type == "updated" }
            #expect(try await issuer.count("passes WHERE expires_at IS NOT NULL") == 1)
            work.cancel()
            _ = await work.value
            #expect(receiver.taken.count == 11)
        }
    }

    @Test("a pass that has expired is still served, with the date that makes phones show it so")
    func served() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign("spring", Self.campaign)
            let past = "2020-01-01T00:00:00Z"
            let serial = try await Self.issue("past", until: past, at: issuer)
            let answer = try await issuer.package(serial)
            #expect(answer.status == 200)
            #expect(try Package(answer.body).json["expirationDate"] == .string(past))
        }
    }

    @Test("a pass that is prolonged expires at its new date, also by a change of its campaign")
    func prolonged() async throws {
        try await IssuerUnderTest.run { issuer in
            await issuer.stopBackgroundWork()
            try await issuer.putActiveCampaign("spring", Self.campaign)
            let serial = try await Self.issue("c-1", until: Self.date(100), at: issuer)
            let store = PassStore(database: issuer.pool)
            let number = try #require(SerialNumber(rawValue: serial))
            let next = Self.date(200)
            let patch: JSONValue = ["voucher": ["until": .string(next)]]
            #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(serial)", patch).status == 200)
            #expect(try await store.pass(number)?.expiresAt?.rfc3339 == next)
            #expect(try await store.expire(by: .now().adding(seconds: 150), limit: 10) == 0)
            #expect(try await store.expire(by: .now().adding(seconds: 250), limit: 10) == 1)
            #expect(try await store.expire(by: .now().adding(seconds: 250), limit: 10) == 0)
            #expect(try await store.pass(number)?.expiresAt == nil)
        }
    }

    @Test("a change that was decided before the end was told does not have it told again")
    func race() async throws {
        try await IssuerUnderTest.run { issuer in
            await issuer.stopBackgroundWork()
            try await issuer.putActiveCampaign("spring", Self.campaign)
            let serial = try await Self.issue("c-1", until: Self.date(100), at: issuer)
            let store = PassStore(database: issuer.pool)
            let number = try #require(SerialNumber(rawValue: serial))
            let pass = try #require(try await store.pass(number))
            let campaigns = CampaignStore(database: issuer.pool)
            let standing = try #require(try await campaigns.standing(of: pass.campaign))
            let renewal = try await issuer.service.parts.library.renewal(
                ofVersion: pass.campaignVersion, standing: standing)
            let patched = pass.patched(with: PassPatch(voucher: .value(["points": 9])), at: .now())
            let transition = try renewal.transition(of: pass, to: patched, because: .patch, at: .now())
            #expect(transition.new.expiresAt == pass.expiresAt && pass.expiresAt != nil)
            #expect(try await store.expire(by: .now().adding(seconds: 150), limit: 10) == 1)
            #expect(try await store.replace(transition))
            #expect(try await store.pass(pass.serialNumber)?.expiresAt == nil)
        }
    }
}
