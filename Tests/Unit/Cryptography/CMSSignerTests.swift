import Cryptography
import Foundation
import Testing

@Suite struct CMSSignerTests {
    private static let manifest = Array(#"{"pass.json":"da39a3ee5e6b4b0d3255bfef95601890afd80709"}"#.utf8)
    private let now = Int(Date().timeIntervalSince1970)

    private func signer(_ name: String = "pass") throws -> CMSSigner {
        let authority = try DemoAuthority.shared()
        return try CMSSigner(
            certificate: authority.certificate(name), key: authority.key(name),
            intermediates: [authority.certificate("intermediate")])
    }

    private func verify(_ signature: [UInt8], content: [UInt8]) throws -> ExternalTool.Result {
        let work = try TemporaryDirectory()
        return try ExternalTool.run(
            "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", work.write(signature, to: "signature"),
            "-content", work.write(content, to: "manifest.json"), "-CAfile", DemoAuthority.shared().path("root.pem"),
            "-purpose", "any")
    }

    private func printed(_ signature: [UInt8]) throws -> String {
        try ExternalTool.run(
            "openssl", "cms", "-cmsout", "-print", "-noout", "-inform", "DER", input: signature
        ).text
    }

    @Test("openssl verifies a signature against the root, with what is inside of it alone", arguments: ["pass", "ec"])
    func verified(name: String) throws {
        let signature = try signer(name).sign(Self.manifest, at: now)
        let result = try verify(signature, content: Self.manifest)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == Self.manifest)
    }

    @Test("openssl refuses the signature for other content, and when a byte of it is changed")
    func refused() throws {
        let signature = try signer().sign(Self.manifest, at: now)
        #expect(try verify(signature, content: Self.manifest + [0x20]).status != 0)
        var changed = signature
        changed[changed.count - 1] ^= 1
        #expect(try verify(changed, content: Self.manifest).status != 0)
    }

    @Test("is in distinguished encoding: openssl writes the same bytes again", arguments: ["pass", "ec"])
    func distinguished(name: String) throws {
        for _ in 0..<5 {
            let signature = try signer(name).sign(Self.manifest, at: now)
            let again = try ExternalTool.run(
                "openssl", "cms", "-cmsout", "-inform", "DER", "-outform", "DER", input: signature)
            #expect(again.output == signature)
        }
    }

    @Test("is detached, with version, digest, certificates and attributes as the platform needs them")
    func structure() throws {
        let text = try printed(signer().sign(Self.manifest, at: 1_767_225_599))
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(text.contains("eContentType: pkcs7-data (1.2.840.113549.1.7.1)\n      eContent: <ABSENT>"))
        #expect(lines.filter { $0.hasPrefix("d.certificate") }.count == 2)
        #expect(lines.filter { $0.hasPrefix("algorithm: sha256 (") }.count == 2)
        #expect(text.contains("signatureAlgorithm: \n          algorithm: rsaEncryption (1.2.840.113549.1.1.1)"))
        let objects = lines.filter { $0.hasPrefix("object: ") }.suffix(3)
        #expect(
            objects == [
                "object: contentType (1.2.840.113549.1.9.3)", "object: signingTime (1.2.840.113549.1.9.5)",
                "object: messageDigest (1.2.840.113549.1.9.4)",
            ])
        #expect(lines.contains("UTCTIME:Dec 31 23:59:59 2025 GMT"))
        #expect(lines.contains("unsignedAttrs:"))
    }

    @Test(
        "writes the signing time as openssl reads it, in the form that its year asks for",
        arguments: [
            (0, "UTCTIME:Jan  1 00:00:00 1970 GMT"), (951_782_400, "UTCTIME:Feb 29 00:00:00 2000 GMT"),
            (1_709_251_199, "UTCTIME:Feb 29 23:59:59 2024 GMT"), (1_709_251_200, "UTCTIME:Mar  1 00:00:00 2024 GMT"),
            (2_524_607_999, "UTCTIME:Dec 31 23:59:59 2049 GMT"),
            (2_524_608_000, "GENERALIZEDTIME:Jan  1 00:00:00 2050 GMT"),
            (4_107_542_399, "GENERALIZEDTIME:Feb 28 23:59:59 2100 GMT"),
            (4_107_542_400, "GENERALIZEDTIME:Mar  1 00:00:00 2100 GMT"),
        ])
    func signingTime(seconds: Int, line: String) throws {
        #expect(try printed(signer("ec").sign([], at: seconds)).contains(line + "\n"))
    }

    @Test("one signer follows the time in both directions")
    func changingTimes() throws {
        let signer = try signer()
        for (seconds, line) in [
            (2_524_607_999, "UTCTIME:Dec 31 23:59:59 2049 GMT"),
            (2_524_608_000, "GENERALIZEDTIME:Jan  1 00:00:00 2050 GMT"),
            (2_524_607_998, "UTCTIME:Dec 31 23:59:58 2049 GMT"),
        ] {
            let signature = try signer.sign(Self.manifest, at: seconds)
            #expect(try printed(signature).contains(line + "\n"))
            let result = try verify(signature, content: Self.manifest)
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    @Test("refuses a key that does not match its certificate")
    func mismatch() throws {
        let authority = try DemoAuthority.shared()
        #expect(throws: CryptographyError.keyDoesNotMatchCertificate) {
            try CMSSigner(certificate: authority.certificate(), key: authority.key("ec"), intermediates: [])
        }
    }

    @Test("an intermediate that is given twice is sent once")
    func duplicates() throws {
        let authority = try DemoAuthority.shared()
        let intermediate = try authority.certificate("intermediate")
        let signer = try CMSSigner(
            certificate: authority.certificate(), key: authority.key(),
            intermediates: [intermediate, authority.certificate(), intermediate])
        #expect(try signer.sign(Self.manifest, at: now).count == self.signer().sign(Self.manifest, at: now).count)
    }

    @Test("one signer serves many tasks at once")
    func parallel() async throws {
        let signer = try signer()
        let expected = try signer.sign(Self.manifest, at: now)
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask { [now] in
                    try (0..<25).count { _ in try signer.sign(Self.manifest, at: now) != expected }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
