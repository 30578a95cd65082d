import Contracts
import HTTPTypes
import JSON
import Postgres
import Support
import Testing

@testable import PassIssuer

@Suite("Passes that are stored together")
struct PassStoreTests {
    private static func pass(_ key: String, campaign: String = "spring", version: Int = 1) throws -> PassIssuer.Pass {
        let campaign = try #require(CampaignID(rawValue: campaign))
        let passKey = try #require(PassKey(rawValue: key))
        let link = LinkClaims(
            campaign: campaign, platform: .apple, passKey: passKey, contact: ["id": .string(key), "note": "a\"b"],
            voucher: ["points": 7], issuedAt: .now(), expiresAt: nil)
        return PassIssuer.Pass(
            link: link, serialNumber: SerialNumber(campaign: campaign, passKey: passKey), platform: .apple,
            campaignVersion: version, tokenKeyID: "k1", at: .now())
    }

    private static func insertion(_ pass: PassIssuer.Pass, _ hashes: [String] = []) -> PassInsertion {
        PassInsertion(pass: pass, contactHashes: hashes)
    }

    @Test("each is told whether it was made: of a serial number twice the first, of a gone version or campaign none")
    func told() async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, version in
            let one = try Self.pass("one", version: version)
            let two = try Self.pass("two", version: version)
            let answers = try await PassStore.insert(
                [
                    Self.insertion(one), Self.insertion(two), Self.insertion(one),
                    Self.insertion(try Self.pass("old", version: version - 1)),
                    Self.insertion(try Self.pass("lost", campaign: "nowhere", version: version)),
                ], in: issuer.pool)
            #expect(answers == [true, true, false, false, false])
            #expect(try await PassStore.insert([Self.insertion(two)], in: issuer.pool) == [false])
            #expect(try await issuer.count("passes") == 2)
            // One download for each, and the campaign's figures count both.
            #expect(try await issuer.count("pass_events WHERE kind = 'downloaded'") == 2)
            let issued = try await issuer.pool.query("SELECT sum(issued)::bigint FROM issuer.activity").only()
            #expect(try issued.decode(Int.self) == 2)
            let store = PassStore(database: issuer.pool)
            let stored = try #require(try await store.pass(one.serialNumber))
            #expect(stored == one)
        }
    }

    @Test("a contact that was erased since its link was made keeps nobody else from a pass")
    func erased() async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, version in
            let erased = try Self.pass("erased", version: version)
            try await issuer.pool.execute(
                """
                INSERT INTO issuer.erasures (contact_hash, erased_at, request_id, state)
                VALUES ('hash-of-erased', \(Instant.now().adding(seconds: 5)), 'r-1', 'done')
                """)
            let answers = try await PassStore.insert(
                [
                    Self.insertion(erased, ["another-hash", "hash-of-erased"]),
                    Self.insertion(try Self.pass("kept", version: version), ["hash-of-kept"]),
                ], in: issuer.pool)
            #expect(answers == [false, true])
        }
    }

    @Test("many callers at once read and store each their own, in fewer statements than there are callers")
    func manyCallers() async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, version in
            let store = PassStore(database: issuer.pool)
            let before = issuer.pool.statistics.statements
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        let pass = try Self.pass("c-\(number)", version: version)
                        #expect(try await store.pass(pass.serialNumber) == nil)
                        #expect(try await store.insert(pass, unlessErased: []))
                        #expect(try await store.pass(pass.serialNumber) == pass)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await issuer.count("passes") == 300)
            #expect(issuer.pool.statistics.statements - before < 900)
        }
    }
}
