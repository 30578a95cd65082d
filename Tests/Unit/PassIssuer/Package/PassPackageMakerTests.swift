import Contracts
import Cryptography
import Foundation
import JSON
import Testing

@testable import PassIssuer

@Suite struct PassPackageMakerTests {
    private static let body = #"""
        {"pass":{"description":"Card of {{contact.firstName}}",
                 "storeCard":{"primaryFields":[{"key":"p","label":"Points","value":"{{voucher.points}}"}]},
                 "relevantDates":[{"date":"2027-01-01T00:00Z"},{"relevantDate":"2027-01-02T00:00Z"},
                                  {"startDate":"2027-01-03T00:00Z","endDate":"2027-01-03T05:00Z"}]},
         "localizations":{"de":{"Points":"Punkte \"ü\""},"fr":{"Points":"Points de {{contact.firstName}}"}},
         "tokens":{"defaults":{"voucher.points":5}}}
        """#
    private static let ada = TokenValues(contact: ["firstName": "Ada \"\\\n"])

    @Test("unzip and Python's zipfile read it, and its manifest names every file with its SHA-1")
    func readable() throws {
        let package = try PackageFixture(Self.body).package(Self.ada)
        let work = try TemporaryDirectory()
        let path = try work.write(package, to: "a.pkpass")
        let result = try ExternalTool.run("unzip", "-t", path)
        #expect(result.status == 0, "\(result.text)")
        let files = try PackageFixture.unzip(package)
        #expect(
            files["names"] == [
                "de.lproj/logo@2x.png", "de.lproj/pass.strings", "icon.png", "fr.lproj/pass.strings", "pass.json",
                "manifest.json", "signature",
            ])
        #expect(files["methods"]?.arrayValue?.allSatisfy { $0 == 0 } == true)
        let manifest = try #require(files["manifest"]?.stringValue)
        // Sorted, without white space, lower-case digits; computed by sha1sum.
        let sum = try ExternalTool.run("sha1sum", input: [1, 2, 3]).text.prefix(40)
        #expect(manifest.contains(#""icon.png":"\#(sum)","pass.json":"#))
        #expect(try JSON.parse(manifest).serialized() == Array(manifest.utf8))
    }

    @Test("openssl verifies its signature over the manifest against the chain", arguments: ["pass", "ec"])
    func signed(certificate: String) throws {
        let package = try PackageFixture(Self.body, certificate: certificate).package(Self.ada)
        let files = try PackageFixture.unzip(package)["files"]
        let manifest = try #require(files?["manifest.json"]?.stringValue.flatMap { Data(base64Encoded: $0) })
        let signature = try #require(files?["signature"]?.stringValue.flatMap { Data(base64Encoded: $0) })
        let work = try TemporaryDirectory()
        func verify(_ content: [UInt8]) throws -> Int32 {
            try ExternalTool.run(
                "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any", "-in",
                work.write(Array(signature), to: "signature"), "-content", work.write(content, to: "manifest.json"),
                "-CAfile", DemoAuthority.shared().path("root.pem")
            ).status
        }
        #expect(try verify(Array(manifest)) == 0)
        #expect(try verify(Array(manifest) + [0x20]) != 0)
    }

    @Test("pass.json holds the content with its values, the platform's keys, and sorted keys")
    func passJSON() throws {
        let text = try #require(
            PackageFixture.unzip(PackageFixture(Self.body).package(Self.ada, voided: true))["pass"]?.stringValue)
        #expect(
            text == #"""
                {"authenticationToken":"k1.token","description":"Card of Ada \"\\\n","formatVersion":1,\#
                "organizationName":"Acme","passTypeIdentifier":"pass.example.demo","relevantDates":[\#
                {"date":"2027-01-01T00:00Z","relevantDate":"2027-01-01T00:00Z"},\#
                {"date":"2027-01-02T00:00Z","relevantDate":"2027-01-02T00:00Z"},\#
                {"endDate":"2027-01-03T05:00Z","startDate":"2027-01-03T00:00Z"}],"serialNumber":"S-1",\#
                "storeCard":{"primaryFields":[{"key":"p","label":"Points","value":5}]},"teamIdentifier":"TEAM123456",\#
                "voided":true,"webServiceURL":"https://passes.example.com/"}
                """#)
    }

    @Test("leaves out web service and token of a preview, and keeps the content's own organisation")
    func preview() throws {
        var identity = PackageFixture.identity
        identity.webService = nil
        let body = #"{"pass":{"description":"x","organizationName":"Own","coupon":{}}}"#
        let files = try PackageFixture.unzip(PackageFixture(body).package(identity: identity))
        let pass = try JSON.parse(#require(files["pass"]?.stringValue))
        #expect(pass["organizationName"] == "Own")
        #expect(pass["webServiceURL"] == nil && pass["authenticationToken"] == nil && pass["voided"] == nil)
    }

    @Test("writes translations, those with tokens for each pass")
    func strings() throws {
        let files = try PackageFixture.unzip(PackageFixture(Self.body).package(Self.ada))["files"]
        func strings(_ language: String) throws -> JSONValue {
            let text = try #require(files?["\(language).lproj/pass.strings"]?.stringValue)
            return try StringsFileTests.read(Array(#require(Data(base64Encoded: text))))
        }
        #expect(try strings("de") == ["Points": "Punkte \"ü\""])
        #expect(try strings("fr") == ["Points": "Points de Ada \"\\\n"])
    }

    @Test("is the same bytes for the same pass, whatever the order of its images; a newer one differs by its signature")
    func deterministic() throws {
        let images: [(String, [UInt8])] = [("icon.png", [1, 2, 3]), ("de.lproj/logo@2x.png", [4]), ("strip.png", [5])]
        let first = try PackageFixture(Self.body, images: images).package(Self.ada, at: 1_800_000_000)
        let second = try PackageFixture(Self.body, images: images.reversed()).package(Self.ada, at: 1_800_000_000)
        #expect(first == second)
        let later = try PackageFixture(Self.body, images: images).package(Self.ada, at: 1_800_000_001)
        #expect(later != first)
        let files = try [first, later].map { try PackageFixture.unzip($0) }
        for key in ["names", "dates", "manifest", "pass"] { #expect(files[0][key] == files[1][key]) }
        #expect(files[0]["files"]?["signature"] != files[1]["files"]?["signature"])
    }

    @Test("refuses to make a package of more than five megabytes")
    func tooLarge() throws {
        let large = [UInt8](repeating: 7, count: 1_250_000)
        let images = (1...3).flatMap { scale in
            ["icon", "logo"].map { ("\($0)\(scale == 1 ? "" : "@\(scale)x").png", large) }
        }
        let body = #"{"pass":{"description":"x","coupon":{}}}"#
        let fixture = try PackageFixture(body, images: images)
        let fault = #expect(throws: PackageFault.self) { try fixture.package() }
        guard case .tooLarge(let count) = fault else {
            Issue.record("refused for another reason")
            return
        }
        #expect(count > 7_500_000)
        #expect(try PackageFixture(body, images: Array(images.prefix(3))).package().count < 5_000_000)
    }
}
