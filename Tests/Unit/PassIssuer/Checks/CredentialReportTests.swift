import Foundation
import Testing

@testable import PassIssuer

@Suite struct CredentialReportTests {
    /// What a test wants to hear of a file.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let isUsable: Bool
        /// Texts that the report must hold.
        let words: [String]
        let password: String?
        let bytes: @Sendable () throws -> [UInt8]

        init(
            _ name: String, usable: Bool, password: String? = nil, _ words: String...,
            bytes: @escaping @Sendable () throws -> [UInt8]
        ) {
            testDescription = name
            isUsable = usable
            self.words = words
            self.password = password
            self.bytes = bytes
        }
    }

    private static func file(_ names: String...) throws -> [UInt8] {
        try names.flatMap { try DemoAuthority.shared().bytes($0) + [0x0A] }
    }

    /// What openssl makes of a file of the authority; `@name` stands for the path of one.
    private static func openssl(_ arguments: String...) throws -> [UInt8] {
        let authority = try DemoAuthority.shared()
        let words = arguments.map { $0.hasPrefix("@") ? authority.path(String($0.dropFirst())) : $0 }
        let result = try ExternalTool.run(["openssl"] + words)
        try #require(result.status == 0, "\(result.errors)")
        return result.output
    }

    private static func selfSigned(_ name: String, _ marker: String) throws -> [UInt8] {
        try openssl(
            "req", "-x509", "-key", "@pass.key.pem", "-days", "300", "-subj", "/CN=\(name)/OU=TEAM123456", "-addext",
            "basicConstraints=critical,CA:FALSE", "-addext", "\(marker)=DER:0500")
    }

    static let cases = [
        Case(
            "a pass certificate", usable: true, "a PEM file", "Pass Type ID: pass.example.demo", "private key is not in"
        ) {
            try file("pass.pem")
        },
        Case("in DER", usable: true, "a DER file") { try openssl("x509", "-in", "@pass.pem", "-outform", "DER") },
        Case("in base64 without armour", usable: true, "DER in base64") {
            Array(Data(try openssl("x509", "-in", "@pass.pem", "-outform", "DER")).base64EncodedString().utf8)
        },
        Case("with its key and intermediate", usable: true, "a private key (RSA)", "the intermediate") {
            try file("pass.pem", "pass.key.pem", "intermediate.pem")
        },
        Case("PKCS#12", usable: true, password: "demo", "a PKCS#12 file\n", "a private key (RSA)") {
            try file("pass.p12").dropLast()
        },
        Case("old PKCS#12", usable: true, password: "demo", "encrypted with old algorithms") {
            try file("pass.legacy.p12").dropLast()
        },
        Case("PKCS#12 without a password", usable: false, "opens with a password alone", "--password-file") {
            try file("pass.p12").dropLast()
        },
        Case("PKCS#12 with the wrong password", usable: false, password: "x", "password of the PKCS#12 file is wrong") {
            try file("pass.p12").dropLast()
        },
        Case("PKCS#7", usable: true, "the pass certificate", "the intermediate") {
            try openssl(
                "crl2pkcs7", "-nocrl", "-certfile", "@pass.pem", "-certfile", "@intermediate.pem", "-outform", "DER")
        },
        Case("an encrypted key", usable: false, "locked by a password", "opens with a password alone") {
            try file("encrypted-key.pem")
        },
        Case(
            "an encrypted key with its password", usable: false, password: "demo", "a private key (RSA)",
            "no pass certificate"
        ) {
            try file("encrypted-key.pem")
        },
        Case("an expired certificate", usable: false, "expired on", "Renew it under the same pass type") {
            try file("expired.pem")
        },
        Case("a certificate not yet valid", usable: false, "valid only from") { try file("not-yet-valid.pem") },
        Case("no UID", usable: false, "names no pass type identifier") { try file("no-uid.pem") },
        Case("the wrong intermediate", usable: false, "The wrong intermediate is there") {
            try file("pass.pem", "other-intermediate.pem")
        },
        Case("a wrong intermediate of Apple's", usable: false, "The wrong intermediate is there: G3, ") {
            try file("pass.pem") + Array(AppleAuthority.intermediates[1].certificate.pem.utf8)
        },
        Case(
            "Apple's first intermediate, told by its serial number", usable: false,
            "The wrong intermediate is there: G1, ", "(generation G1)"
        ) {
            try file("pass.pem")
                + openssl(
                    "req", "-x509", "-key", "@pass.key.pem", "-days", "300", "-subj", "/CN=Developer Relations",
                    "-set_serial", "0x01DEBCC4396DA010", "-addext", "basicConstraints=critical,CA:TRUE")
        },
        Case("another key", usable: false, "does not belong to the certificate") { try file("pass.pem", "ec.key.pem") },
        Case("the intermediate alone", usable: true, "the intermediate \"Demo Worldwide") {
            try file("intermediate.pem")
        },
        Case("Apple's intermediate", usable: true, "(generation G4)") {
            AppleAuthority.intermediates[2].certificate.der
        },
        Case("Apple's root", usable: false, "needed nowhere else") { AppleAuthority.roots[0].der },
        Case("an app certificate", usable: false, "an app distribution certificate", "can't sign passes") {
            try selfSigned("Apple Distribution: Acme", "1.2.840.113635.100.6.1.7")
        },
        Case("an app certificate by its marker", usable: false, "an app distribution certificate") {
            try selfSigned("Acme", "1.2.840.113635.100.6.1.4")
        },
        Case("a push certificate", usable: false, "an app's push certificate") {
            try selfSigned("Apple Push Services: com.example", "1.2.840.113635.100.6.3.2")
        },
        Case("a web server's certificate", usable: false, "without Apple's markers") {
            try selfSigned("example.com", "1.2.3.4")
        },
        Case("a signing request", usable: false, "a certificate signing request", "Upload it") {
            try openssl("req", "-new", "-key", "@pass.key.pem", "-subj", "/CN=x")
        },
        Case("a signing request in DER", usable: false, "a certificate signing request") {
            try openssl("req", "-new", "-key", "@pass.key.pem", "-subj", "/CN=x", "-outform", "DER")
        },
        Case("a push key", usable: false, "a private key (P-256)", "may be an APNs authentication key") {
            try file("ec.key.pem")
        },
        Case("a key in DER", usable: false, "a private key (RSA)") {
            try openssl("pkcs8", "-topk8", "-nocrypt", "-in", "@pass.key.pem", "-outform", "DER")
        },
        Case("a public key", usable: false, "a public key") { try openssl("pkey", "-in", "@pass.key.pem", "-pubout") },
        Case("a provisioning profile", usable: false, "A provisioning profile is for apps") {
            try openssl(
                "cms", "-sign", "-nodetach", "-binary", "-in", "@pass.pem", "-signer", "@pass.pem", "-inkey",
                "@pass.key.pem", "-outform", "DER")
        },
        Case("a package", usable: false, "pass-issuer check") { Array("PK\u{3}\u{4}".utf8) },
        Case("a service account", usable: false, "google.serviceAccount") { Array("{}".utf8) },
        Case("a login page", usable: false, "asked for a login") { Array("<!DOCTYPE html>".utf8) },
        Case("a Java keystore", usable: false, "keytool") { [0xFE, 0xED, 0xFE, 0xED, 0, 0] },
        Case("nothing", usable: false, "The file is empty") { [] },
        Case("a broken certificate", usable: false, "The certificate is malformed") {
            Array("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8)
        },
    ]

    @Test("explains files of every kind", arguments: cases)
    func explains(_ wanted: Case) throws {
        let bytes = try wanted.bytes()
        let report = CredentialReport(bytes, password: wanted.password, now: Int(Date().timeIntervalSince1970))
        #expect(report.isUsable == wanted.isUsable, "\(report.text)")
        for words in wanted.words { #expect(report.text.contains(words), "\(report.text)") }
        for note in report.notes {
            #expect(note.reason.hasSuffix(".") && note.remedy?.hasSuffix(".") ?? true, "\(note)")
        }
    }

    @Test("warns of an expiry that is near")
    func expiry() throws {
        let end = try DemoAuthority.shared().certificate().notAfter
        let bytes = try Self.file("pass.pem")
        #expect(!CredentialReport(bytes, password: nil, now: end - 61 * 86_400).text.contains("expires on"))
        #expect(CredentialReport(bytes, password: nil, now: end - 59 * 86_400).text.contains("expires on"))
    }
}
