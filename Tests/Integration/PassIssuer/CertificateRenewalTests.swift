import Contracts
import Foundation
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct CertificateRenewalTests {
    @Test("a renewed certificate signs the next link and the next fetch, and passes of the old one stay what they are")
    func renewal() async throws {
        try await IssuerUnderTest.run { issuer in
            let (old, new) = try (DemoAuthority.text("pass.pem"), DemoAuthority.text("renewed.pem"))
            try await issuer.putActiveCampaign()
            let first = try await issuer.open(try await issuer.link())
            #expect(try Self.signer(of: first.body) == Self.body(old))
            let serial = try #require(try Package(first.body).json["serialNumber"]?.stringValue)
            let stamp = try #require(first.headers["Last-Modified"])

            let renewed = try await issuer.putWalletConfiguration(apple: .object(DemoAuthority.apple("renewed")))
            #expect(renewed.status == 200, "\(renewed.text)")
            let second = try await issuer.open(try await issuer.link(key: "c-2"))
            #expect(try Self.signer(of: second.body) == Self.body(new))
            try Package(second.body).verifySignature()
            let fetched = try await issuer.package(serial)
            #expect(try Self.signer(of: fetched.body) == Self.body(new))
            // What is installed was signed in its time: nobody need fetch it again.
            #expect(try await issuer.package(serial, since: stamp).status == 304)
        }
    }

    /// The certificate that openssl finds to have signed.
    private static func signer(of bytes: [UInt8]) throws -> String {
        let package = try Package(bytes)
        let file = package.directory.appendingPathComponent("signer.pem")
        _ = try Tool.run(
            "/usr/bin/openssl",
            ["cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-out", "/dev/null", "-signer", file.path]
                + ["-in", package.directory.appendingPathComponent("signature").path]
                + ["-content", package.directory.appendingPathComponent("manifest.json").path])
        return body(try String(contentsOf: file, encoding: .utf8))
    }

    /// What stands between the lines that frame a certificate.
    private static func body(_ pem: String) -> String {
        let lines = pem.split(separator: "\n")
        let begin = lines.firstIndex { $0.hasPrefix("-----BEGIN CERTIFICATE") } ?? lines.startIndex
        return lines[begin...].dropFirst().prefix { !$0.hasPrefix("-----END") }.joined()
    }
}
