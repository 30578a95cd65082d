import Contracts
import Cryptography
import Foundation
import JSON
import Testing

@testable import PassIssuer

@Suite struct PersonalizablePackageTests {
    private static let body = #"""
        {"pass":{"description":"Card","storeCard":{},"nfc":{"message":"m","encryptionPublicKey":"\#(CampaignVersions.p256)"}},
         "personalization":{"requiredFields":["phoneNumber","name"],"description":"Join us",
                            "termsAndConditions":"<a href=\"https://acme.example/terms\">Terms</a>"}}
        """#
    private static let images: [(String, [UInt8])] = [
        ("icon.png", [1]), ("personalizationLogo@2x.png", [2]), ("de.lproj/personalizationLogo@2x.png", [3]),
    ]

    private func names(_ package: [UInt8]) throws -> JSONValue? { try PackageFixture.unzip(package)["names"] }

    @Test("while it asks its owner the package holds form and logos, all of them in the manifest; afterwards none")
    func files() throws {
        let fixture = try PackageFixture(Self.body, images: Self.images)
        #expect(
            try names(fixture.package(asksOwner: true)) == [
                "icon.png", "de.lproj/personalizationLogo@2x.png", "pass.json", "personalization.json",
                "personalizationLogo@2x.png", "manifest.json", "signature",
            ])
        #expect(try names(fixture.package()) == ["icon.png", "pass.json", "manifest.json", "signature"])
    }

    @Test("the form speaks in Apple's words, and the checker finds nothing wrong with it")
    func form() throws {
        let fixture = try PackageFixture(Self.body, images: Self.images)
        let package = try fixture.package(asksOwner: true)
        let file = try #require(
            PackageFixture.unzip(package)["files"]?["personalization.json"]?.stringValue.flatMap(Base64.decode))
        #expect(
            try JSON.parse(file) == [
                "requiredPersonalizationFields": [
                    "PKPassPersonalizationFieldName", "PKPassPersonalizationFieldPhoneNumber",
                ],
                "description": "Join us",
                "termsAndConditions": "<a href=\"https://acme.example/terms\">Terms</a>",
            ])
        let (read, faults) = PersonalizationFile.read(try #require(JSON.parse(file).objectValue))
        #expect(faults.isEmpty && read?.requiredFields == [.name, .phoneNumber])
    }

    @Test("a campaign without a form packs none, and no logo for it")
    func without() throws {
        let body = #"{"pass":{"description":"Card","storeCard":{}}}"#
        let fixture = try PackageFixture(body, images: Self.images)
        #expect(try names(fixture.package(asksOwner: true)) == ["icon.png", "pass.json", "manifest.json", "signature"])
    }

    @Test("openssl verifies the signature of a token as it verifies a manifest's", arguments: ["pass", "ec"])
    func signature(certificate: String) throws {
        let fixture = try PackageFixture(Self.body, images: Self.images, certificate: certificate)
        let token = try #require(PersonalizationToken(rawValue: "6BA7B810-9DAD-11D1-80B4-00C04FD430C8"))
        let signature = try fixture.maker.signature(of: token, at: PackageFixture.now)
        let work = try TemporaryDirectory()
        func verify(_ content: String) throws -> Int32 {
            try ExternalTool.run(
                "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any", "-in",
                work.write(signature, to: "signature"), "-content", work.write(Array(content.utf8), to: "token"),
                "-CAfile", DemoAuthority.shared().path("root.pem")
            ).status
        }
        #expect(try verify(token.rawValue) == 0)
        #expect(try verify(token.rawValue + "0") != 0)
    }
}
