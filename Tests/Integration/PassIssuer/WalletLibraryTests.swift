import Contracts
import Cryptography
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

    /// Runs a test with a library, and the revision of the wallet configuration that is there.
    private func run(
        _ body: (_ issuer: IssuerUnderTest, _ library: WalletLibrary, _ revision: Int) async throws -> Void
    ) async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            try await body(issuer, library(issuer), try await revision(issuer))
        }
    }

    private func library(_ issuer: IssuerUnderTest) -> WalletLibrary {
        WalletLibrary(store: WalletConfigurationStore(database: issuer.pool), secrets: secrets)
    }

    private func revision(_ issuer: IssuerUnderTest) async throws -> Int {
        try await issuer.pool.query("SELECT revision FROM issuer.wallet_configurations").only().decode(Int.self)
    }

    @Test("a private key is opened once for all campaigns, and by each replica anew")
    func onceOpened() async throws {
        try await run { issuer, library, revision in
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

    @Test("a revision that was replaced is gone, and its successor is opened with the renewed certificate")
    func replaced() async throws {
        try await run { issuer, library, old in
            let replaced = try #require(try await library.opened(id, revision: old).signer)
            let answer = try await issuer.putWalletConfiguration(apple: .object(DemoAuthority.apple("renewed")))
            #expect(answer.status == 200, "\(answer.text)")
            let new = try await library.opened(id, revision: try await revision(issuer))
            let signer = try #require(new.signer)
            #expect(signer !== replaced)
            let der = try Tool.run(
                "/usr/bin/openssl", ["x509", "-in", try DemoAuthority.path("renewed.pem"), "-outform", "DER"])
            #expect(new.configuration.apple?.certificate == Array(der))
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
