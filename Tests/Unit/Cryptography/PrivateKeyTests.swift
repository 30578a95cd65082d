import Cryptography
import Foundation
import Testing

@Suite struct PrivateKeyTests {
    @Test("an RSA signature is byte for byte the one of openssl")
    func rsaSignature() throws {
        let authority = try DemoAuthority.shared()
        let message = Array("a message".utf8)
        let expected = try ExternalTool.run(
            "openssl", "dgst", "-sha256", "-sign", authority.path("pass.key.pem"), input: message)
        let key = try authority.key()
        #expect(key.kind == .rsa(bits: 2048))
        #expect(try key.signature(for: message) == expected.output)
        #expect(key.publicKey.isValidSignature(expected.output, for: message))
        #expect(!key.publicKey.isValidSignature(expected.output, for: message + [0]))
    }

    @Test("openssl verifies a P-256 signature of ours")
    func p256Signature() throws {
        let authority = try DemoAuthority.shared()
        let key = try authority.key("ec")
        let message = Array("a message".utf8)
        let work = try TemporaryDirectory()
        let signature = try work.write(key.signature(for: message), to: "signature")
        let publicKey = try work.write(Array(key.publicKey.pem.utf8), to: "public.pem")
        let verified = try ExternalTool.run(
            "openssl", "dgst", "-sha256", "-verify", publicKey, "-signature", signature, input: message)
        #expect(key.kind == .p256)
        #expect(verified.text == "Verified OK\n")
    }

    @Test(
        "reads every form in which openssl writes a key",
        arguments: [
            ["pkcs8", "-topk8", "-nocrypt"], ["rsa", "-traditional"], ["pkcs8", "-topk8", "-passout", "pass:söcret"],
            ["pkcs8", "-topk8", "-v1", "PBE-SHA1-3DES", "-passout", "pass:söcret"],
            [
                "pkcs8", "-topk8", "-v1", "PBE-SHA1-RC2-40", "-passout", "pass:söcret", "-provider", "legacy",
                "-provider", "default",
            ],
            ["rsa", "-traditional", "-aes128", "-passout", "pass:söcret"],
        ])
    func forms(command: [String]) throws {
        let authority = try DemoAuthority.shared()
        let made = try ExternalTool.run(["openssl"] + command + ["-in", authority.path("pass.key.pem")])
        #expect(made.status == 0, "\(made.errors)")
        let text = "Bag Attributes\n    friendlyName: x\r\n" + made.text.replacingOccurrences(of: "\n", with: "\r\n")
        let key = try PrivateKey(pem: text, password: "söcret")
        #expect(try key.pkcs8DER == authority.key().pkcs8DER)
        if command.contains("-passout") {
            #expect(throws: CryptographyError.passwordRequired) { try PrivateKey(pem: text) }
            #expect(throws: CryptographyError.wrongPassword) { try PrivateKey(pem: text, password: "other") }
            #expect(throws: CryptographyError.wrongPassword) { try PrivateKey(pem: text, password: "") }
        }
    }

    @Test("reads the EC form with its parameters before it")
    func sec1() throws {
        let authority = try DemoAuthority.shared()
        let made = try ExternalTool.run(
            "sh", "-c", #"openssl ecparam -name prime256v1; exec openssl ec -in "$1""#, "sh",
            authority.path("ec.key.pem"))
        #expect(made.text.contains("BEGIN EC PARAMETERS"))
        #expect(try PrivateKey(pem: made.text).pkcs8DER == authority.key("ec").pkcs8DER)
    }

    @Test("openssl reads a key that was made here", arguments: [KeyKind.rsa(bits: 2048), .p256])
    func generated(kind: KeyKind) throws {
        let key =
            switch kind {
            case .rsa(let bits): try PrivateKey.generateRSA(bits: bits)
            case .p256: try PrivateKey.generateP256()
            }
        let checked = try ExternalTool.run("openssl", "pkey", "-check", "-noout", input: Array(key.pkcs8PEM.utf8))
        #expect(checked.status == 0)
        #expect(checked.text.contains("Key is valid"))
        #expect(key.kind == kind)
    }

    @Test("a key belongs to its own certificate alone")
    func matching() throws {
        let authority = try DemoAuthority.shared()
        #expect(try authority.key().matches(authority.certificate()))
        #expect(try authority.key().matches(authority.certificate("expired")))
        #expect(try !authority.key().matches(authority.certificate("ec")))
        #expect(try !authority.key("ec").matches(authority.certificate()))
        #expect(try !authority.key("root").matches(authority.certificate()))
    }

    @Test(
        "refuses keys that nothing here can use",
        arguments: [
            ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
            ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
            ["-algorithm", "ED25519"], ["-algorithm", "RSA-PSS"],
        ])
    func unsupported(arguments: [String]) throws {
        let made = try ExternalTool.run(["openssl", "genpkey"] + arguments)
        #expect {
            try PrivateKey(pem: made.text)
        } throws: { error in
            if case .unsupportedKey? = error as? CryptographyError { true } else { false }
        }
    }

    @Test("says what is wrong with a text that holds no key")
    func noKey() throws {
        let authority = try DemoAuthority.shared()
        #expect(throws: CryptographyError.noPrivateKey) { try PrivateKey(pem: authority.text("pass.pem")) }
        #expect(throws: CryptographyError.noPrivateKey) { try PrivateKey(pem: "") }
        #expect(throws: CryptographyError.malformed("private key")) {
            try PrivateKey(pem: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")
        }
        #expect(throws: CryptographyError.malformed("private key")) {
            try PrivateKey(pem: "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----")
        }
        #expect(throws: CryptographyError.malformed("private key")) { try PrivateKey(der: []) }
    }

    @Test("neither printing nor dumping a key shows it")
    func redaction() throws {
        let key = try DemoAuthority.shared().key("ec")
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "PrivateKey(p256)")
        #expect(dumped.count < 100)
    }
}
