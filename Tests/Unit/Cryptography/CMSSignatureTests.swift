import Cryptography
import Foundation
import Testing

@Suite struct CMSSignatureTests {
    private static let content = Array(#"{"pass.json":"da39a3ee5e6b4b0d3255bfef95601890afd80709"}"#.utf8)

    /// A signature that openssl makes with a certificate of the demo authority.
    private func signed(
        _ arguments: String..., content: [UInt8] = content, name: String = "pass"
    ) throws -> [UInt8] {
        let authority = try DemoAuthority.shared()
        let work = try TemporaryDirectory()
        let result = try ExternalTool.run(
            ["openssl", "cms", "-sign", "-binary", "-in", work.write(content, to: "content"), "-outform", "DER"]
                + ["-signer", authority.path("\(name).pem"), "-inkey", authority.path("\(name).key.pem")]
                + ["-certfile", authority.path("intermediate.pem")] + arguments)
        try #require(result.status == 0, "\(result.errors)")
        return result.output
    }

    @Test(
        "reads what openssl signed, whatever the digest",
        arguments: [("sha1", "SHA1"), ("sha256", "SHA256"), ("sha512", "SHA512")])
    func reads(digest: String, name: String) throws {
        let before = Int(Date().timeIntervalSince1970)
        let signature = try CMSSignature(der: signed("-md", digest))
        let authority = try DemoAuthority.shared()
        #expect(signature.signer == (try authority.certificate()))
        #expect(signature.certificates.count == 2)
        #expect(signature.certificates.contains(try authority.certificate("intermediate")))
        #expect(signature.signerCount == 1)
        #expect(signature.digestAlgorithm == name)
        #expect(signature.isDetached)
        #expect((before - 1...before + 60).contains(try #require(signature.signingTime)))
        #expect(signature.isValid(for: Self.content))
        #expect(!signature.isValid(for: Self.content + [0x20]))
        #expect(!signature.isValid(for: []))
    }

    @Test("reads elliptic curves, signatures without attributes, without certificates, and with their content")
    func kinds() throws {
        #expect(try CMSSignature(der: signed(name: "ec")).isValid(for: Self.content))
        let bare = try CMSSignature(der: signed("-noattr"))
        #expect(bare.signingTime == nil)
        #expect(bare.isValid(for: Self.content))
        let nobody = try CMSSignature(der: signed("-nocerts"))
        #expect(nobody.signer == nil)
        #expect(nobody.certificates.isEmpty == false)  // What -certfile adds stays.
        #expect(!nobody.isValid(for: Self.content))
        let attached = try CMSSignature(der: signed("-nodetach"))
        #expect(!attached.isDetached)
        #expect(try CMSSignature(der: signed(content: [])).isValid(for: []))
    }

    @Test("reads our own signatures")
    func ours() throws {
        let authority = try DemoAuthority.shared()
        let signer = try CMSSigner(
            certificate: authority.certificate(), key: authority.key(),
            intermediates: [authority.certificate("intermediate")])
        let signature = try CMSSignature(der: signer.sign(Self.content, at: 1_767_225_599))
        #expect(signature.signingTime == 1_767_225_599)
        #expect(signature.digestAlgorithm == "SHA256")
        #expect(signature.isValid(for: Self.content))
    }

    @Test("a signature is not valid with any byte of its value changed, and none of its bytes is fatal")
    func changed() throws {
        let signature = try signed()
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 0x55
            let isValid = (try? CMSSignature(der: changed))?.isValid(for: Self.content) ?? false
            if index >= signature.count - 256 { #expect(!isValid, "byte \(index)") }
        }
    }

    @Test("refuses what is no signature")
    func malformed() throws {
        let signature = try signed()
        let certificate = try DemoAuthority.shared().certificate().der
        for bytes in [[], Array(signature.dropLast()), signature + [0], certificate, Array("-----BEGIN CMS-----".utf8)]
        {
            #expect(throws: CryptographyError.malformed("signature")) { try CMSSignature(der: bytes) }
        }
    }
}
