import Cryptography
import Foundation
import Testing

@Suite struct CertificateChainTests {
    /// Asked for each check: the authority is made while the first of them runs.
    private var now: Int { Int(Date().timeIntervalSince1970) }

    private func verify(_ leaf: String, _ intermediates: [String] = ["intermediate"], at seconds: Int? = nil) throws {
        let authority = try DemoAuthority.shared()
        try Certificate.verifyChain(
            leaf: authority.certificate(leaf), intermediates: intermediates.map { try authority.certificate($0) },
            anchors: [authority.certificate("root")], at: seconds ?? now)
    }

    /// The reason for which a chain is refused; nil when it is not.
    private func fault(
        _ leaf: String, _ intermediates: [String] = ["intermediate"], at seconds: Int? = nil
    ) -> String? {
        do {
            try verify(leaf, intermediates, at: seconds)
            return nil
        } catch CryptographyError.untrustedChain(_, let reason) {
            return reason
        } catch {
            return "\(error)"
        }
    }

    @Test("trusts a chain from leaf to root, whatever else lies beside it")
    func wholeChain() throws {
        #expect(fault("pass") == nil)
        #expect(fault("ec") == nil)
        #expect(fault("pass", ["wrong-issuer", "root", "intermediate", "other-intermediate"]) == nil)
    }

    @Test("names the reason for which a chain is not trusted")
    func faults() {
        #expect(fault("expired") == "it has expired")
        #expect(fault("not-yet-valid") == "it is not valid yet")
        #expect(fault("pass", []) == "the certificate of its issuer is missing")
        #expect(fault("wrong-issuer") == "the certificate of its issuer is missing")
        #expect(fault("wrong-issuer", ["other-intermediate"]) == "the certificate of its issuer is missing")
        #expect(fault("other-root", []) == "it is self-signed and not among the trusted ones")
    }

    @Test("judges validity at the instant that is given")
    func instants() throws {
        let authority = try DemoAuthority.shared()
        let leaf = try authority.certificate()
        // OpenSSL counts the last second of RFC 5280 as expired already.
        #expect(fault("pass", at: leaf.notAfter - 1) == nil)
        #expect(fault("pass", at: leaf.notAfter + 1) == "it has expired")
        let later = try authority.certificate("not-yet-valid")
        #expect(fault("not-yet-valid", at: later.notBefore) == nil)
        #expect(fault("not-yet-valid", at: later.notBefore - 1) == "it is not valid yet")
        #expect(leaf.isValid(at: leaf.notAfter) && leaf.isValid(at: leaf.notBefore))
        #expect(!leaf.isValid(at: leaf.notAfter + 1) && !leaf.isValid(at: leaf.notBefore - 1))
    }

    @Test("names the certificate that breaks the chain")
    func blame() throws {
        let authority = try DemoAuthority.shared()
        let expired = try authority.certificate("expired")
        #expect(throws: CryptographyError.untrustedChain(subject: expired.subject, reason: "it has expired")) {
            try verify("expired")
        }
    }

    @Test("an intermediate may be the anchor")
    func intermediateAnchor() throws {
        let authority = try DemoAuthority.shared()
        try Certificate.verifyChain(
            leaf: authority.certificate(), intermediates: [], anchors: [authority.certificate("intermediate")], at: now)
        #expect(throws: CryptographyError.self) {
            try Certificate.verifyChain(
                leaf: authority.certificate("wrong-issuer"), intermediates: [],
                anchors: [authority.certificate("intermediate")], at: now)
        }
    }

    @Test("a leaf can't stand in for an intermediate")
    func leafAsIssuer() throws {
        let authority = try DemoAuthority.shared()
        let work = try TemporaryDirectory()
        let key = try work.write(authority.key("ec").pkcs8PEM.utf8.map(\.self), to: "key")
        let request = try work.write(
            Array(CertificateSigningRequest.make(key: authority.key("ec"), commonName: "forged").utf8), to: "csr")
        let made = try ExternalTool.run(
            "openssl", "x509", "-req", "-in", request, "-CA", authority.path("pass.pem"), "-CAkey",
            authority.path("pass.key.pem"), "-days", "1", "-set_serial", "1")
        let forged = try Certificate(pem: made.text)
        #expect(key.isEmpty == false)
        #expect(throws: CryptographyError.self) {
            try Certificate.verifyChain(
                leaf: forged, intermediates: [authority.certificate(), authority.certificate("intermediate")],
                anchors: [authority.certificate("root")], at: now)
        }
        #expect(try !forged.isIssued(by: authority.certificate()))
    }

    @Test(
        "accepts critical extensions of Apple's own and no other",
        arguments: [("1.2.840.113635.100.6.1.99", true), ("1.2.3.4", false)])
    func criticalExtensions(identifier: String, isAccepted: Bool) throws {
        let work = try TemporaryDirectory()
        let made = try ExternalTool.run(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", work.url.path + "/key", "-subj",
            "/CN=critical", "-days", "1", "-addext", "\(identifier)=critical,DER:0500")
        let certificate = try Certificate(pem: made.text)
        do {
            try Certificate.verifyChain(leaf: certificate, intermediates: [], anchors: [certificate], at: now + 60)
            #expect(isAccepted)
        } catch CryptographyError.untrustedChain(_, let reason) {
            #expect(!isAccepted)
            #expect(reason == "it has a critical extension that is not understood")
        }
    }

    @Test("an issuer is known by its key, not by its name alone")
    func issuer() throws {
        let authority = try DemoAuthority.shared()
        let intermediate = try authority.certificate("intermediate")
        let other = try authority.certificate("other-intermediate")
        let pass = try authority.certificate()
        #expect(intermediate.subject == other.subject)
        #expect(pass.isIssued(by: intermediate))
        #expect(!pass.isIssued(by: other))
        #expect(try !pass.isIssued(by: authority.certificate("root")))
        #expect(try intermediate.isIssued(by: authority.certificate("root")))
        #expect(try authority.certificate("wrong-issuer").isIssued(by: other))
    }
}
