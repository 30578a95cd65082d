import Cryptography
import Foundation
import JSON
import Testing

@testable import PassIssuer

/// Packages that are signed soundly, with something else than phones want.
@Suite struct SignerCheckTests {
    /// A certificate below the demo authority, with the key of its pass certificate.
    struct Signer: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let commonName: String
        /// An extension as openssl writes it.
        let marker: String
        let finding: String
        /// A text that the reason holds.
        let words: String

        /// Makes a certificate into the authority's directory; the result is its name there.
        func make() throws -> String {
            let authority = try DemoAuthority.shared()
            let name = "signer " + testDescription
            let made = try ExternalTool.run(
                "openssl", "req", "-x509", "-CA", authority.path("intermediate.pem"), "-CAkey",
                authority.path("intermediate.key.pem"), "-key", authority.path("pass.key.pem"), "-days", "300",
                "-subj", "/UID=pass.example.demo/CN=\(commonName)/OU=TEAM123456", "-addext",
                "basicConstraints=critical,CA:FALSE", "-addext", marker, "-out", authority.path("\(name).pem"))
            try #require(made.status == 0, "\(made.errors)")
            return name
        }
    }

    static let signers = [
        Signer(
            testDescription: "an app certificate", commonName: "Apple Distribution: Acme",
            marker: "1.2.840.113635.100.6.1.7=DER:0500", finding: "error signature",
            words: "signed with an app distribution certificate"),
        Signer(
            testDescription: "no marker of Apple's", commonName: "example.com", marker: "1.2.3.4=DER:0500",
            finding: "error signature", words: "none of Apple's markers"),
        Signer(
            testDescription: "a marker of another pass type", commonName: "Pass Type ID: pass.example.demo",
            marker: "1.2.840.113635.100.6.1.16=ASN1:UTF8String:pass.example.other",
            finding: "error pass.json /passTypeIdentifier", words: "in the certificate's own marker"),
    ]

    @Test("tells a signer that is no certificate of this pass type", arguments: signers)
    func kind(_ signer: Signer) throws {
        var package = try CheckedPackage()
        package.signature = ["certificate": .string(try signer.make()), "key": "pass"]
        let findings = try package.report().findings
        #expect(findings.map(CheckedPackage.line) == [signer.finding])
        #expect(findings.first?.reason.contains(signer.words) == true, "\(findings)")
    }

    @Test("refuses several signers, and an MD5 digest")
    func signing() throws {
        let authority = try DemoAuthority.shared()
        let second: JSONValue = [
            "-signer", .string(authority.path("ec.pem")), "-inkey", .string(authority.path("ec.key.pem")),
        ]
        var package = try CheckedPackage()
        package.signature = ["arguments": second]
        #expect(try package.report().findings.map(\.reason) == ["There are 2 signers."])
        package.signature = ["arguments": ["-md", "md5"]]
        #expect(try package.report().findings.map(\.reason) == ["The signature is over an MD5 digest."])
    }

    @Test("warns of a signature from the future")
    func future() throws {
        let authority = try DemoAuthority.shared()
        let signer = try CMSSigner(
            certificate: authority.certificate(), key: authority.key(),
            intermediates: [authority.certificate("intermediate")])
        let now = Int(Date().timeIntervalSince1970)
        var package = try CheckedPackage()
        var listed: JSONObject = [:]
        for (path, bytes) in package.files + [("pass.json", JSONValue.object(package.pass).serialized())] {
            listed[path] = .string(Hex.encode(SHA1.digest(bytes)))
        }
        let manifest = JSONValue.object(listed).serialized()
        package.late = [("manifest.json", manifest), ("signature", try signer.sign(manifest, at: now + 2 * 86_400))]
        let findings = try package.report(at: now).findings
        #expect(findings.map(CheckedPackage.line) == ["warning signature"])
        #expect(findings.first?.reason.contains("which is to come") == true)
    }

    @Test("warns of a package beyond five million bytes")
    func large() throws {
        var budget = 1 << 20
        var findings: [Finding] = []
        let opened = ContainerCheck.open(try CheckedPackage().bytes(), within: &budget, &findings)
        let archive = try #require(opened)
        ContainerCheck.check(archive, size: 5_000_000, &findings)
        #expect(findings.isEmpty)
        ContainerCheck.check(archive, size: 5_000_001, &findings)
        #expect(findings.count == 1 && findings.first?.effect == .loadsSlowly)
    }
}
