import Contracts
import Cryptography
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct WalletLibraryTests {
    private let id: WalletConfigurationID
    private let secrets: SecretBox

    init() throws {
        id = try #require(WalletConfigurationID(rawValue: "acme"))
        secrets = SecretBox(try KeyRing(parsing: IssuerUnderTest.keys))
    }

    private func library(_ issuer: IssuerUnderTest) -> WalletLibrary {
        WalletLibrary(store: WalletConfigurationStore(database: issuer.pool), secrets: secrets)
    }

    private func revision(_ issuer: IssuerUnderTest) async throws -> Int {
        try await issuer.pool.query("SELECT revision FROM issuer.wallet_configurations").only().decode(Int.self)
    }

    @Test("a private key is opened once for all campaigns, and by each replica anew")
    func onceOpened() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let revision = try await revision(issuer)
            let library = library(issuer)
            let first = try #require(try await library.opened(id, revision: revision).signer)
            try await issuer.pool.query("UPDATE issuer.wallet_configurations SET sealed_private_key = '\\x00'")
            let second = try #require(try await library.opened(id, revision: revision).signer)
            #expect(first === second)
            let configuration = try #require(try await library.store.configuration(id))
            #expect(try library.opened(configuration).signer === first)
            await #expect(throws: CryptographyError.self) {
                try await self.library(issuer).opened(id, revision: revision)
            }
        }
    }

    @Test("a revision that was replaced is gone, and the new one signs with its own key")
    func replaced() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let old = try await revision(issuer)
            let library = library(issuer)
            let replaced = try #require(try await library.opened(id, revision: old).signer)
            let changed: JSONValue = [
                "name": "Acme", "organizationName": "Acme Inc", "apple": .object(try DemoAuthority.apple()),
            ]
            let answer = try await issuer.admin(.put, "/admin/v1/wallet-configurations/acme", changed)
            #expect(answer.status == 200, "\(answer.text)")
            let new = try await revision(issuer)
            #expect(try #require(try await library.opened(id, revision: new).signer) !== replaced)
            await #expect {
                try await self.library(issuer).opened(id, revision: old)
            } throws: { error in
                if case IssuingError.versionGone = error { true } else { false }
            }
        }
    }

    @Test("a configuration without a certificate opens, and signs nothing")
    func withoutCertificate() async throws {
        try await IssuerUnderTest.run { issuer in
            let answer = try await issuer.admin(
                .put, "/admin/v1/wallet-configurations/acme", ["name": "Acme", "organizationName": "Acme Ltd"])
            #expect(answer.status == 201, "\(answer.text)")
            #expect(try await library(issuer).opened(id, revision: try await revision(issuer)).signer == nil)
        }
    }
}
