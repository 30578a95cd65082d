import Contracts
import Cryptography
import HTTPTypes
import Testing

@testable import PassIssuer

@Suite struct CertificateChainCheckTests {
    private static func check(
        _ leaf: Certificate, through intermediates: [Certificate], at seconds: Int
    ) throws -> ConfigurationCheck {
        let identity = AppleIdentity(
            passTypeIdentifier: try #require(PassTypeIdentifier(rawValue: "pass.example.demo")),
            teamIdentifier: try #require(TeamIdentifier(rawValue: "TEAM123456")), certificate: leaf.der,
            intermediates: intermediates.map(\.der), sealedPrivateKey: [])
        let checks = identity.checks(at: Instant(seconds: seconds))
        return try #require(checks.first { $0.name == "certificateChain" })
    }

    @Test("a chain to Apple's roots is well")
    func apple() throws {
        // No pass certificate of Apple's can lie here; an intermediate below a root is as good for the chain.
        let g4 = AppleAuthority.intermediates[2].certificate
        let root = try #require(AppleAuthority.roots.first { g4.isIssued(by: $0) })
        let check = try Self.check(g4, through: [root], at: g4.notBefore + 1)
        #expect(check.state == .ok && check.remedy == nil, "\(check)")
    }

    @Test("a chain to another authority is a warning that says what phones do, with a remedy")
    func other() throws {
        let authority = try DemoAuthority.shared()
        let leaf = try authority.certificate()
        let intermediate = try authority.certificate("intermediate")
        let now = max(leaf.notBefore, intermediate.notBefore) + 1
        let check = try Self.check(leaf, through: [intermediate], at: now)
        #expect(check.state == .warning)
        #expect(check.detail.contains("phones refuse"), "\(check.detail)")
        #expect(check.remedy?.contains("Pass Type ID certificate of Apple's") == true)
    }

    @Test("a chain that does not hold together fails")
    func broken() throws {
        let authority = try DemoAuthority.shared()
        let leaf = try authority.certificate()
        let stranger = try authority.certificate("other-intermediate")
        let now = max(leaf.notBefore, stranger.notBefore) + 1
        #expect(try Self.check(leaf, through: [stranger], at: now).state == .failed)
        #expect(try Self.check(leaf, through: [], at: now).state == .failed)
    }
}
