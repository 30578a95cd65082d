import Cryptography
import Testing

@testable import PassIssuer

@Suite struct AppleAuthorityTests {
    @Test("holds Apple's roots and intermediates, by the fingerprints that Apple publishes")
    func fingerprints() {
        #expect(
            AppleAuthority.roots.map(\.sha256) == [
                "b0b1730ecbc7ff4505142c49f1295e6eda6bcaed7e2c68c5be91b5a11001f024",
                "63343abfb89a6a03ebb57e9b3f5fa7be7c4f5c756f3017b3a8c488c3653e9179",
            ])
        #expect(AppleAuthority.intermediates.map(\.generation) == ["G2", "G3", "G4", "G5", "G6"])
        let g4 = AppleAuthority.intermediates[2].certificate
        #expect(g4.serialNumberHex == "13DC77955271E53DC632E8CCFFE521F3CCC5CED2")
        #expect(g4.sha256.hasPrefix("ea4757885538dd8c"))
    }

    @Test("each intermediate leads to a root, and each is told as what it is")
    func chains() {
        for intermediate in AppleAuthority.intermediates {
            let certificate = intermediate.certificate
            #expect(PassAuthorities.apple.fault(of: certificate, through: [], at: certificate.notBefore + 1) == nil)
            #expect(CertificateKind(certificate) == .intermediate(generation: intermediate.generation))
        }
        #expect(AppleAuthority.roots.allSatisfy { CertificateKind($0) == .root })
    }

    @Test("tells a pass certificate by Apple's marker")
    func kinds() throws {
        let authority = try DemoAuthority.shared()
        let pass = try authority.certificate()
        #expect(CertificateKind(pass) == .passType(identifier: "pass.example.demo", hasNFC: false))
        #expect(CertificateKind.markedPassType(of: pass) == "pass.example.demo")
        #expect(CertificateKind(try authority.certificate("intermediate")) == .intermediate(generation: nil))
    }
}
