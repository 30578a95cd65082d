import Contracts
import Cryptography
import Foundation
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

extension IssuerUnderTest {
    /// A campaign whose passes ask their owners for name and mail address, and show the name.
    static func enrolling(_ more: JSONObject = [:]) -> JSONValue {
        var body: JSONObject = [
            "tokens": ["onMissing": "empty"],
            "personalization": ["requiredFields": ["name", "emailAddress"], "description": "Join the club"],
        ]
        for (key, value) in more { body[key] = value }
        let nfc: JSONValue = [
            "message": "m",
            "encryptionPublicKey":
                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEk+PqVi7NyHMqq60PGd1l/0yx3f6sM6eMMS0DnbwzvV5qv0gil/2KL4m9lF1mG//Nk6bC55YUF5h3kC7Iffsskg==",
        ]
        return campaign(body, pass: ["nfc": nfc, "logoText": "{{contact.fullName}}"])
    }

    /// Makes such a campaign, with logos of the form.
    func putEnrollingCampaign() async throws {
        try await putActiveCampaign("spring", Self.enrolling())
        for file in ["personalizationLogo@2x.png", "de.lproj/personalizationLogo@2x.png"] {
            let logo = try await putImage(file, Picture.png(width: 300, height: 80))
            try #require(logo.status == 201, "\(logo.text)")
        }
    }

    private func putImage(_ file: String, _ bytes: [UInt8]) async throws -> Answer {
        try await putImage(file, of: "spring", bytes)
    }

    /// Hands over what an owner entered, as device-registry does.
    func personalize(
        _ serialNumber: String, token: String = "token-1", info: JSONValue = ["emailAddress": "ada@example.com"],
        passType: String = "pass.example.demo"
    ) async throws -> Answer {
        let body: JSONValue = ["personalizationToken": .string(token), "requiredPersonalizationInfo": info]
        return try await personalize(serialNumber, body: body.serialized(), passType: passType)
    }

    /// Hands over any body.
    func personalize(
        _ serialNumber: String, body: [UInt8], passType: String = "pass.example.demo"
    ) async throws -> Answer {
        try await send(
            .post, internalURL + "/rpc/v1/passes/\(passType)/\(serialNumber)/personalization",
            token: Self.registryToken, body: body, headers: ["Content-Type": "application/json"])
    }

    /// Whether openssl takes an answer for the authority's signature of a text.
    func verifies(_ answer: Answer, of text: String) throws -> Bool {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("token-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let (signature, content) = (
            directory.appendingPathComponent("signature"), directory.appendingPathComponent("token")
        )
        try Data(answer.body).write(to: signature)
        try Data(text.utf8).write(to: content)
        let arguments =
            ["cms", "-verify", "-binary", "-inform", "DER", "-in", signature.path, "-content", content.path]
            + ["-purpose", "any", "-CAfile", try DemoAuthority.path("root.pem"), "-out", "/dev/null"]
        return (try? Tool.run("/usr/bin/openssl", arguments)) != nil
    }
}
