import Cryptography
import Foundation
import Testing

@Suite struct CertificateTests {
    /// What `openssl x509` prints for one option, without the part before the equals sign.
    private func openssl(_ name: String, _ options: String...) throws -> String {
        let path = try DemoAuthority.shared().path("\(name).pem")
        let printed = try ExternalTool.run(["openssl", "x509", "-noout", "-in", path] + options).text
        let value = printed.split(separator: "=", maxSplits: 1).last ?? ""
        return value.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("reads what openssl prints", arguments: ["pass", "ec", "intermediate", "root", "no-uid"])
    func fields(name: String) throws {
        let certificate = try DemoAuthority.shared().certificate(name)
        #expect(try certificate.serialNumberHex == openssl(name, "-serial"))
        #expect(try certificate.subject == openssl(name, "-subject", "-nameopt", "RFC2253,-esc_msb"))
        #expect(try certificate.issuer == openssl(name, "-issuer", "-nameopt", "RFC2253,-esc_msb"))
        let fingerprint = try openssl(name, "-fingerprint", "-sha256").filter { $0 != ":" }
        #expect(certificate.sha256 == fingerprint.lowercased())
        let identifier = try openssl(name, "-ext", "subjectKeyIdentifier").split(separator: "\n").last ?? ""
        #expect(certificate.subjectKeyIdentifier == Hex.decode(identifier.filter(\.isHexDigit)))
        for (seconds, option) in [(certificate.notBefore, "-startdate"), (certificate.notAfter, "-enddate")] {
            let printed = try ExternalTool.run("date", "-u", "-d", openssl(name, option), "+%s").text
            #expect("\(seconds)\n" == printed)
        }
    }

    @Test("knows the pass type identifier and the team of a pass certificate")
    func identity() throws {
        let authority = try DemoAuthority.shared()
        let certificate = try authority.certificate()
        #expect(certificate.subjectUID == "pass.example.demo")
        #expect(certificate.organizationalUnit == "TEAM123456")
        #expect(certificate.commonName == "Pass Type ID: pass.example.demo")
        #expect(
            certificate.extensionValue("1.2.840.113635.100.6.1.16") == [0x0C, 17] + Array("pass.example.demo".utf8))
        #expect(certificate.extensionValue("1.2.840.113635.100.6.1.99") == nil)
        #expect(certificate.extensionValue("nonsense") == nil)
        #expect(try authority.certificate("no-uid").subjectUID == nil)
        #expect(try authority.certificate("other-team").organizationalUnit == "OTHERTEAM1")
        #expect(try certificate.authorityKeyIdentifier == authority.certificate("intermediate").subjectKeyIdentifier)
    }

    @Test("writes the PEM that openssl writes")
    func pem() throws {
        let authority = try DemoAuthority.shared()
        let written = try ExternalTool.run("openssl", "x509", "-in", authority.path("pass.pem")).text
        #expect(try authority.certificate().pem == written)
    }

    @Test("finds all certificates between other things, whatever the line ends are")
    func many() throws {
        let authority = try DemoAuthority.shared()
        let pass = try authority.text("pass.pem")
        let intermediate = try authority.text("intermediate.pem")
        let text =
            "\u{FEFF}Bag Attributes: <No Attributes>\n" + pass.replacingOccurrences(of: "\n", with: "\r\n")
            + (try authority.text("pass.key.pem")) + "-----BEGIN NOTHING-----\n"
            + intermediate.replacingOccurrences(of: "\n", with: "\n   ")
            + (try authority.text("root.pem")).replacingOccurrences(of: "\n", with: " ")
        let found = try Certificate.parseMany(pem: text)
        #expect(
            try found == [
                authority.certificate(), authority.certificate("intermediate"), authority.certificate("root"),
            ])
        #expect(try Certificate(pem: text) == authority.certificate())
        #expect(try Certificate.parseMany(pem: "nothing").isEmpty)
    }

    @Test("reads a file in DER")
    func der() throws {
        let authority = try DemoAuthority.shared()
        let der = try ExternalTool.run("openssl", "x509", "-in", authority.path("pass.pem"), "-outform", "DER").output
        #expect(try Certificate.parseMany(der) == [authority.certificate()])
        #expect(try Certificate(der: der) == authority.certificate())
        #expect(throws: CryptographyError.malformed("certificate")) { try Certificate(der: der + [0]) }
        #expect(throws: CryptographyError.malformed("certificate")) { try Certificate(der: Array(der.dropLast())) }
        #expect(throws: CryptographyError.malformed("certificate")) { try Certificate(der: []) }
    }

    @Test("says what is wrong with a text that holds no certificate")
    func notACertificate() throws {
        #expect(throws: CryptographyError.noCertificate) { try Certificate(pem: "") }
        #expect(throws: CryptographyError.malformed("certificate")) {
            try Certificate(pem: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")
        }
        #expect(throws: CryptographyError.malformed("certificate")) {
            try Certificate.parseMany(pem: "-----BEGIN CERTIFICATE-----\n%%\n-----END CERTIFICATE-----")
        }
    }

    @Test("reads names beyond ASCII and several values of one kind")
    func names() throws {
        let work = try TemporaryDirectory()
        let made = try ExternalTool.run(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", work.url.path + "/key", "-utf8",
            "-subj", "/OU=Erste/OU=Zweite/CN=Käse, & Söhne", "-days", "1")
        let certificate = try Certificate(pem: made.text)
        #expect(certificate.commonName == "Käse, & Söhne")
        #expect(certificate.organizationalUnit == "Erste")
        #expect(certificate.subject == #"CN=Käse\, & Söhne,OU=Zweite,OU=Erste"#)
        #expect(certificate.authorityKeyIdentifier == certificate.subjectKeyIdentifier)
    }

    @Test("openssl accepts a signing request of ours", arguments: [KeyKind.rsa(bits: 2048), .p256])
    func signingRequest(kind: KeyKind) throws {
        let key = if case .p256 = kind { try PrivateKey.generateP256() } else { try PrivateKey.generateRSA() }
        let request = try CertificateSigningRequest.make(
            key: key, commonName: "Käse & Co", organization: "Demo Ltd", country: "DE", emailAddress: "a@example.org")
        let checked = try ExternalTool.run(
            "openssl", "req", "-verify", "-noout", "-subject", "-pubkey", "-nameopt", "RFC2253,-esc_msb",
            input: Array(request.utf8))
        #expect(checked.status == 0)
        #expect(checked.errors.contains("verify OK"))
        #expect(checked.text.contains("subject=C=DE,O=Demo Ltd,CN=Käse & Co,emailAddress=a@example.org\n"))
        #expect(checked.text.contains(key.publicKey.pem))
    }
}
