import Cryptography
import Testing

@Suite struct PKCS12Tests {
    @Test("opens files of today and the old ones with RC2", arguments: ["pass.p12", "pass.legacy.p12"])
    func files(name: String) throws {
        let authority = try DemoAuthority.shared()
        let content = try PKCS12.parse(authority.bytes(name), password: "demo")
        #expect(try content.key.pkcs8DER == authority.key().pkcs8DER)
        #expect(try content.certificate == authority.certificate())
        #expect(try content.chain == [authority.certificate("intermediate")])
        let probe = try content.key.signature(for: [1])
        #expect(content.key.publicKey.isValidSignature(probe, for: [1]))
    }

    @Test("the old file is really encrypted with RC2")
    func legacyCipher() throws {
        let authority = try DemoAuthority.shared()
        let printed = try ExternalTool.run(
            "openssl", "pkcs12", "-in", authority.path("pass.legacy.p12"), "-passin", "pass:demo", "-legacy", "-info",
            "-noout")
        #expect(printed.errors.contains("pbeWithSHA1And40BitRC2-CBC"))
    }

    @Test("says that the password is wrong", arguments: ["pass.p12", "pass.legacy.p12"])
    func wrongPassword(name: String) throws {
        let file = try DemoAuthority.shared().bytes(name)
        for password in ["", "Demo", "demo "] {
            #expect(throws: CryptographyError.wrongPKCS12Password) { try PKCS12.parse(file, password: password) }
        }
    }

    @Test("opens a file without password and one whose password is beyond ASCII", arguments: ["", "pässwörd €"])
    func passwords(password: String) throws {
        let authority = try DemoAuthority.shared()
        let made = try ExternalTool.run(
            "openssl", "pkcs12", "-export", "-inkey", authority.path("ec.key.pem"), "-in", authority.path("ec.pem"),
            "-passout", "pass:\(password)")
        let content = try PKCS12.parse(made.output, password: password)
        #expect(content.key.kind == .p256)
        #expect(content.chain.isEmpty)
    }

    @Test("says that a file lacks its key or its certificate")
    func incomplete() throws {
        let authority = try DemoAuthority.shared()
        let noKey = try ExternalTool.run(
            "openssl", "pkcs12", "-export", "-nokeys", "-in", authority.path("pass.pem"), "-passout", "pass:demo")
        #expect(throws: CryptographyError.noPrivateKey) { try PKCS12.parse(noKey.output, password: "demo") }
        let noCertificate = try ExternalTool.run(
            "openssl", "pkcs12", "-export", "-nocerts", "-inkey", authority.path("pass.key.pem"), "-passout",
            "pass:demo")
        #expect(throws: CryptographyError.noCertificate) { try PKCS12.parse(noCertificate.output, password: "demo") }
    }

    @Test("refuses what is no PKCS#12 file, wherever it was cut")
    func malformed() throws {
        let file = try DemoAuthority.shared().bytes("pass.p12")
        #expect(throws: CryptographyError.malformed("PKCS#12 file")) { try PKCS12.parse([], password: "demo") }
        #expect(throws: CryptographyError.malformed("PKCS#12 file")) {
            try PKCS12.parse(Array("-----BEGIN".utf8), password: "demo")
        }
        for count in stride(from: 1, to: file.count, by: 97) {
            #expect(throws: CryptographyError.self) { try PKCS12.parse(Array(file.prefix(count)), password: "demo") }
        }
    }
}
