import Contracts
import Cryptography
import Foundation
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct RenewalOnReplicasTests {
    private static let path = "/admin/v1/wallet-configurations/acme"

    @Test("the old certificate signs while a new key waits, and from the PUT on every replica signs with the new one")
    func replicas() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let old = try Certificate(pem: DemoAuthority.text("pass.pem"))
            let twin = try IssuerTwin(of: issuer)
            do {
                let first = try await issuer.link(key: "first")
                let opened = try Package(try await issuer.open(first).body)
                let serial = try #require(opened.json["serialNumber"]?.stringValue)
                let csr = try await Self.signingRequest(at: issuer)
                #expect(try await Self.signers(first, "waiting", serial, issuer, twin) == [old])
                let new = try Certificate(der: Self.certificate(for: csr.text, days: 300))
                let put = try await Self.put(new, csr.id, at: issuer)
                #expect(put.status == 200, "\(put.text)")
                #expect(try await Self.signers(first, "renewed", serial, issuer, twin) == [new])
            } catch {
                await twin.stop()
                throw error
            }
            await twin.stop()
        }
    }

    @Test("the renewed certificate and the key that was made here are handed to push-sender")
    func push() async throws {
        let sender = try PushSenderStub()
        try await IssuerUnderTest.run(["PUSH_SENDER_URL": sender.url]) { issuer in
            try await issuer.putWalletConfiguration()
            #expect(await eventually { sender.calls == ["put"] })
            let csr = try await Self.signingRequest(at: issuer)
            let new = try Certificate(der: Self.certificate(for: csr.text, days: 300))
            #expect(try await Self.put(new, csr.id, at: issuer).status == 200)
            #expect(await eventually { sender.calls == ["put", "put"] })
            guard case .certificate(let told)? = sender.credentials() else {
                Issue.record("no certificate was told")
                return
            }
            #expect(try Certificate(pem: told.certificate) == new)
            #expect(try PrivateKey(pem: told.privateKey.value).matches(new))
        }
        await sender.stop()
    }

    @Test("the answers of a configuration whose certificate ends soon say so, and those of another don't")
    func warning() async throws {
        try await IssuerUnderTest.run { issuer in
            let early = try await issuer.putWalletConfiguration()
            #expect(early.json["warnings"]?.arrayValue?.isEmpty == true, "\(early.text)")
            let csr = try await Self.signingRequest(at: issuer)
            let soon = try Certificate(der: Self.certificate(for: csr.text, days: 13))
            for answer in [
                try await Self.put(soon, csr.id, at: issuer), try await issuer.admin(.get, Self.path),
            ] {
                #expect(answer.status == 200, "\(answer.text)")
                let warnings = (answer.json["warnings"]?.arrayValue ?? []).compactMap(\.stringValue)
                #expect(warnings.count == 1, "\(warnings)")
                #expect(warnings.first?.hasPrefix("The certificate expires in 1") == true, "\(warnings)")
            }
        }
    }

    /// Who signed: a link of before, a new link and the registry's fetch, on each of two replicas.
    private static func signers(
        _ link: String, _ key: String, _ serial: String, _ issuer: IssuerUnderTest, _ twin: IssuerTwin
    ) async throws -> Set<Certificate> {
        let answers = [
            try await issuer.open(link), try await twin.open(link),
            try await issuer.open(try await issuer.link(key: "\(key)-1")),
            try await twin.open(try await issuer.link(key: "\(key)-2")),
            try await issuer.package(serial), try await twin.package(serial),
        ]
        for answer in answers { try #require(answer.status == 200, "\(answer.text)") }
        return Set(try answers.map { try signer(of: $0.body) })
    }

    /// The certificate that openssl finds to have signed, after it proved the chain.
    private static func signer(of bytes: [UInt8]) throws -> Certificate {
        let package = try Package(bytes)
        try package.verifySignature()
        let signer = try Tool.run(
            "/usr/bin/openssl",
            ["cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-out", "/dev/null", "-signer", "/dev/stdout"]
                + ["-in", package.directory.appendingPathComponent("signature").path]
                + ["-content", package.directory.appendingPathComponent("manifest.json").path])
        return try Certificate(pem: String(decoding: signer, as: UTF8.self))
    }

    private static func signingRequest(at issuer: IssuerUnderTest) async throws -> (id: JSONValue, text: String) {
        let made = try await issuer.admin(.post, "\(path)/signing-requests")
        try #require(made.status == 201, "\(made.text)")
        return (try #require(made.json["id"]), try #require(made.json["csr"]?.stringValue))
    }

    /// What the demo authority makes of a signing request, by openssl; DER.
    private static func certificate(for csr: String, days: Int) throws -> [UInt8] {
        let directory = try TestDirectory()
        let request = try directory.write(Array(csr.utf8), to: "request.pem")
        let subject = "/UID=pass.example.demo/CN=Pass Type ID: pass.example.demo/OU=TEAM123456/O=Demo Ltd/C=XX"
        _ = try Tool.run(
            "/usr/bin/openssl",
            ["x509", "-req", "-in", request, "-CA", try DemoAuthority.path("intermediate.pem")]
                + ["-CAkey", try DemoAuthority.path("intermediate.key.pem"), "-subj", subject, "-days", "\(days)"]
                + ["-outform", "DER", "-out", directory.path("pass.cer")])
        return try directory.bytes("pass.cer")
    }

    private static func put(
        _ certificate: Certificate, _ request: JSONValue, at issuer: IssuerUnderTest
    ) async throws -> IssuerUnderTest.Answer {
        let apple: JSONValue = [
            "signingRequest": request, "certificate": .string(certificate.pem),
            "intermediate": .string(try DemoAuthority.text("intermediate.pem")),
        ]
        return try await issuer.admin(.put, path, ["name": "Acme", "apple": apple])
    }
}
