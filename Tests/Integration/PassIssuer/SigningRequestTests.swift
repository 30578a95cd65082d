import Foundation
import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct SigningRequestTests {
    private static let path = "/admin/v1/wallet-configurations/acme"

    /// Signs a request as the demo authority would, by openssl; the certificate in DER, as Apple's portal gives it.
    private func certificate(for csr: String, in directory: URL, subject: String? = nil) throws -> [UInt8] {
        let request = directory.appendingPathComponent("request.pem")
        let certificate = directory.appendingPathComponent("pass.cer")
        try Data(csr.utf8).write(to: request)
        let subject = subject ?? "/UID=pass.example.demo/CN=Pass Type ID: pass.example.demo/OU=DEMO123456/O=Demo/C=DE"
        _ = try Tool.run(
            "/usr/bin/env",
            [
                "openssl", "x509", "-req", "-in", request.path, "-CA", try DemoAuthority.path("intermediate.pem"),
                "-CAkey", try DemoAuthority.path("intermediate.key.pem"), "-subj", subject, "-days", "30",
                "-outform", "DER", "-out", certificate.path,
            ])
        return Array(try Data(contentsOf: certificate))
    }

    @Test("a key made here signs passes once its certificate has come, and is never shown")
    func wholeWay() async throws {
        let directory = try TestDirectory()
        let folder = URL(fileURLWithPath: directory.path("."))
        try await IssuerUnderTest.run { issuer in
            let named = try await issuer.admin(.put, Self.path, ["name": "Acme", "organizationName": "Acme Ltd"])
            #expect(named.status == 201)
            let made = try await issuer.admin(.post, "\(Self.path)/signing-requests")
            #expect(made.status == 201, "\(made.text)")
            #expect(!made.text.contains("PRIVATE"))
            let csr = try #require(made.json["csr"]?.stringValue)
            try Data(csr.utf8).write(to: folder.appendingPathComponent("made.pem"))
            let checked = try Tool.run(
                "/usr/bin/env",
                [
                    "openssl", "req", "-in", folder.appendingPathComponent("made.pem").path, "-verify", "-noout",
                    "-text",
                ])
            #expect(String(decoding: checked, as: UTF8.self).contains("2048 bit"))
            let certificate = try certificate(for: csr, in: folder)
            let apple: JSONValue = [
                "signingRequest": made.json["id"] ?? .null,
                "certificate": .string(Data(certificate).base64EncodedString()),
                "intermediate": .string(try DemoAuthority.text("intermediate.pem")),
            ]
            let put = try await issuer.admin(.put, Self.path, ["name": "Acme", "apple": apple])
            #expect(put.status == 200, "\(put.text)")
            #expect(put.json["apple"]?["passTypeIdentifier"] == "pass.example.demo")
            let stored = try await issuer.admin(.put, "/admin/v1/campaigns/spring", IssuerUnderTest.campaign())
            #expect(stored.status == 201, "\(stored.text)")
            #expect(try await issuer.putImage("icon.png").status == 201)
            let opened = try await issuer.open(try await issuer.link())
            try Package(opened.body).verifySignature()
        }
    }

    @Test("another configuration's signing request, an unknown one and a foreign certificate are refused")
    func refusals() async throws {
        let directory = try TestDirectory()
        try await IssuerUnderTest.run { issuer in
            for id in ["acme", "other"] {
                _ = try await issuer.admin(.put, "/admin/v1/wallet-configurations/\(id)", ["name": "Acme"])
            }
            let made = try await issuer.admin(.post, "/admin/v1/wallet-configurations/other/signing-requests")
            let own = try await issuer.admin(.post, "\(Self.path)/signing-requests")
            let certificate = try certificate(
                for: try #require(made.json["csr"]?.stringValue), in: URL(fileURLWithPath: directory.path(".")))
            for (id, pointer) in [
                (made.json["id"], "/apple/signingRequest"), (.string("none"), "/apple/signingRequest"),
                (own.json["id"], "/apple/privateKey"),
            ] {
                let apple: JSONValue = [
                    "signingRequest": id ?? .null, "certificate": .string(Data(certificate).base64EncodedString()),
                    "intermediate": .string(try DemoAuthority.text("intermediate.pem")),
                ]
                let put = try await issuer.admin(.put, Self.path, ["name": "Acme", "apple": apple])
                #expect(put.status == 422)
                #expect(put.pointers == [pointer], "\(put.text)")
            }
            #expect(try await issuer.admin(.post, "/admin/v1/wallet-configurations/no/signing-requests").status == 404)
        }
    }

    @Test("only so many signing requests wait, and the refusal says what to do")
    func limit() async throws {
        try await IssuerUnderTest.run { issuer in
            _ = try await issuer.admin(.put, Self.path, ["name": "Acme"])
            for _ in 0..<PendingSigningRequest.maximumCount {
                #expect(try await issuer.admin(.post, "\(Self.path)/signing-requests").status == 201)
            }
            let refused = try await issuer.admin(.post, "\(Self.path)/signing-requests")
            #expect(refused.status == 409)
            #expect(refused.json["detail"]?.stringValue?.contains("90 days") == true)
        }
    }

    @Test("the checks name what is well, what ends soon, and which service can't be asked")
    func checks() async throws {
        try await IssuerUnderTest.run(["PUSH_SENDER_URL": "http://127.0.0.1:1"]) { issuer in
            #expect(try await issuer.admin(.get, "\(Self.path)/checks").status == 404)
            _ = try await issuer.admin(.put, Self.path, ["name": "Acme"])
            let empty = try await issuer.admin(.get, "\(Self.path)/checks")
            #expect(empty.json["checks"]?[0]?["name"] == "platforms")
            #expect(try await issuer.putWalletConfiguration().status == 200)
            let checks = try #require(
                try await issuer.admin(.get, "\(Self.path)/checks").json["checks"]?.arrayValue)
            let states = Dictionary(
                uniqueKeysWithValues: checks.map { ($0["name"]?.stringValue ?? "", $0["state"]?.stringValue ?? "") })
            // The demo authority is none of Apple's.
            #expect(states["certificateChain"] == "warning")
            #expect(states["certificateExpiry"] != nil)
            #expect(states["apnsHandshake"] == "failed")
        }
    }
}
