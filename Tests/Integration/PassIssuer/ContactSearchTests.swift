import Contracts
import Cryptography
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite("The contact of an erasure") struct ContactSearchTests {
    private static func searching(_ issuer: IssuerUnderTest, page: Int, pages: Int = 1) throws -> ContactSearching {
        let ring = try KeyRing(parsing: IssuerUnderTest.keys)
        return ContactSearching(
            store: ErasureStore(database: issuer.pool), secrets: SecretBox(ring), contacts: ContactHashes(ring),
            page: page, pages: pages)
    }

    /// Passes of as many contacts, with nobody who works at erasures, and an erasure of which the hash alone is known.
    private static func begin(_ issuer: IssuerUnderTest, contacts: Int, of contact: String) async throws -> ErasureID {
        await issuer.stopBackgroundWork()
        try await issuer.putActiveCampaign()
        for number in 0..<contacts { _ = try await issuer.issue("c-\(number)") }
        let hash = ContactHashes(try KeyRing(parsing: IssuerUnderTest.keys)).hash(of: contact)
        let answer = try await issuer.admin(.post, "/admin/v1/erasures", ["contactHash": .string(hash)])
        return try #require(answer.json["id"]?.stringValue.flatMap(ErasureID.init(rawValue:)))
    }

    private static func erasure(_ id: ErasureID, _ issuer: IssuerUnderTest) async throws -> StoredErasure {
        try #require(try await ErasureStore(database: issuer.pool).erasure(id))
    }

    @Test("is looked for among each pass once, a portion with each look, on from where the one before it came")
    func portions() async throws {
        try await IssuerUnderTest.run { issuer in
            let id = try await Self.begin(issuer, contacts: 5, of: "nobody")
            let serials = try await issuer.pool.query("SELECT serial_number FROM issuer.passes ORDER BY serial_number")
                .map { try $0.decode(String.self) }
            let searching = try Self.searching(issuer, page: 2)
            let later = try await Self.erasure(id, issuer).createdAt.adding(seconds: 60)
            for expected in [serials[1], serials[3]] {
                let erasure = try await Self.erasure(id, issuer)
                #expect(try await searching.look(for: erasure, at: later) == .sought(seconds: 0))
                #expect(try await Self.erasure(id, issuer).search == ContactSearch(beganAt: later, through: expected))
            }
            let last = try await searching.look(for: try await Self.erasure(id, issuer), at: later)
            #expect(last == .nobody)
        }
    }

    @Test("is kept sealed as soon as it is found")
    func found() async throws {
        try await IssuerUnderTest.run { issuer in
            let id = try await Self.begin(issuer, contacts: 3, of: "c-1")
            let searching = try Self.searching(issuer, page: 10)
            for _ in 0..<2 {
                let erasure = try await Self.erasure(id, issuer)
                #expect(try await searching.look(for: erasure, at: erasure.createdAt) == .contact("c-1"))
            }
            #expect(try await Self.erasure(id, issuer).sealedContact != nil)
        }
    }

    @Test("is looked for once more when writers that began before the erasure may have been at work meanwhile")
    func early() async throws {
        try await IssuerUnderTest.run { issuer in
            let id = try await Self.begin(issuer, contacts: 1, of: "nobody")
            let searching = try Self.searching(issuer, page: 10)
            let erasure = try await Self.erasure(id, issuer)
            let settled = ErasureWork.lastLookSeconds + 1
            #expect(try await searching.look(for: erasure, at: erasure.createdAt) == .sought(seconds: settled))
            let again = try await Self.erasure(id, issuer)
            #expect(again.search == nil)
            #expect(
                try await searching.look(for: again, at: erasure.createdAt.adding(seconds: settled)) == .nobody)
        }
    }

    @Test("is sealed under the first of the master keys by rotate-keys while its erasure runs")
    func rotated() async throws {
        try await IssuerUnderTest.run { issuer in
            await issuer.stopBackgroundWork()
            let answer = try await issuer.admin(.post, "/admin/v1/erasures", ["contactId": "c-1"])
            let id = try #require(answer.json["id"]?.stringValue.flatMap(ErasureID.init(rawValue:)))
            let key = "k2:\(Base64.encode([UInt8](repeating: 7, count: 32)))"
            let store = ErasureStore(database: issuer.pool)
            let rotation = ErasureKeyRotation(
                store: store, secrets: SecretBox(try KeyRing(parsing: "\(key),\(IssuerUnderTest.keys)")))
            #expect(try await rotation.run() == 1)
            #expect(try await rotation.run() == 0)
            let sealed = try #require(try await Self.erasure(id, issuer).sealedContact)
            let opened = try SecretBox(KeyRing(parsing: key)).open(sealed, context: StoredErasure.context(of: id))
            #expect(String(decoding: opened, as: UTF8.self) == "c-1")
        }
    }
}
