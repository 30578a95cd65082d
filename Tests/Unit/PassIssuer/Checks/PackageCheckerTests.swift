import Cryptography
import Foundation
import JSON
import Testing

@testable import PassIssuer

/// A way to spoil a package, and what the checker must find then, notes left out.
struct SpoiledPackage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: [String]
    let spoil: @Sendable (inout CheckedPackage) throws -> Void

    init(_ name: String, _ expected: String..., spoil: @escaping @Sendable (inout CheckedPackage) throws -> Void) {
        testDescription = name
        self.expected = expected
        self.spoil = spoil
    }
}

@Suite struct PackageCheckerTests {
    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("finds nothing wrong with a sound package, and says what it is")
    func sound() throws {
        let report = try CheckedPackage().report()
        #expect(report.findings == [])
        let pass = try #require(report.passes.first)
        #expect(report.passes.count == 1)
        #expect(pass.style == .storeCard && pass.serialNumber == "S-1" && pass.file == nil)
        #expect(pass.passTypeIdentifier == "pass.example.demo" && pass.teamIdentifier == "TEAM123456")
        #expect(pass.certificate == (try DemoAuthority.shared().certificate()))
        #expect(abs(try #require(pass.signedAt) - Int(Date().timeIntervalSince1970)) < 600)
    }

    static let containers = [
        SpoiledPackage("files in a folder", "error") { $0.folder = "Acme.pass/" },
        SpoiledPackage("no pass.json", "error manifest.json /pass.json", "error pass.json") {
            $0.leaveOut = ["pass.json"]
        },
        SpoiledPackage("no manifest", "error manifest.json") { $0.leaveOut = ["manifest.json"] },
        SpoiledPackage("no signature", "error signature") { $0.leaveOut = ["signature"] },
        SpoiledPackage("a file of the Finder", "warning .DS_Store") { $0.files.append((".DS_Store", [0])) },
        SpoiledPackage("a folder of macOS", "warning __MACOSX/._icon.png") { $0.late = [("__MACOSX/._icon.png", [0])] },
        SpoiledPackage(
            "a name in capitals", "error pass.json", "error manifest.json /pass.json", "error manifest.json /Pass.json"
        ) {
            $0.leaveOut = ["pass.json"]
            $0.late = [("Pass.json", text("{}"))]
        },
        SpoiledPackage("a changed file", "error manifest.json /icon.png") {
            $0.late = [("icon.png", try PNGFixture.make(37, 37))]
        },
        SpoiledPackage("a file that is not listed", "error manifest.json /logo.png") {
            $0.late = [("logo.png", try PNGFixture.make(9, 9))]
        },
        SpoiledPackage("a listed file that is gone", "error manifest.json /icon@3x.png") {
            $0.leaveOut = ["icon@3x.png"]
        },
        SpoiledPackage("a digest in capitals", "warning manifest.json /icon.png") {
            $0.manifest = ["icon.png": .string(Hex.encode(SHA1.digest($0.files[0].1)).uppercased())]
        },
        SpoiledPackage("a SHA-256", "error manifest.json /icon.png") {
            $0.manifest = ["icon.png": .string(Hex.encode(SHA256.digest($0.files[0].1)))]
        },
        SpoiledPackage("a manifest that lists itself", "error manifest.json /signature") {
            $0.manifest = ["signature": "x"]
        },
        SpoiledPackage("a digest that is no text", "error manifest.json /icon.png") { $0.manifest = ["icon.png": 5] },
        SpoiledPackage("a manifest that is no JSON", "error manifest.json", "error signature") {
            $0.late = [("manifest.json", text("{icon}"))]
        },
        SpoiledPackage("a manifest that is an array", "error manifest.json", "error signature") {
            $0.late = [("manifest.json", text("[]"))]
        },
    ]

    static let signatures = [
        SpoiledPackage("another manifest", "error signature") {
            let files = $0.files.map { "\"\($0.0)\":\"\(Hex.encode(SHA1.digest($0.1)))\"" }
            let pass = Hex.encode(SHA1.digest(JSONValue.object($0.pass).serialized()))
            $0.late = [("manifest.json", text("{\(files.joined(separator: ",")),  \"pass.json\":\"\(pass)\"}"))]
        },
        SpoiledPackage("no signing time", "error signature") { $0.signature = ["arguments": ["-noattr"]] },
        SpoiledPackage("an attached signature", "error signature") { $0.signature = ["arguments": ["-nodetach"]] },
        SpoiledPackage("PEM", "error signature") { $0.signature = ["arguments": ["-outform", "PEM"]] },
        SpoiledPackage("S/MIME", "error signature") { $0.signature = ["arguments": ["-outform", "SMIME"]] },
        SpoiledPackage("no certificate", "error signature") { $0.signature = ["arguments": ["-nocerts"]] },
        SpoiledPackage("no intermediate", "error signature") { $0.signature = ["chain": .null] },
        SpoiledPackage("the wrong intermediate", "error signature") { $0.signature = ["chain": "other-intermediate"] },
        SpoiledPackage("garbage", "error signature") { $0.signature = "AAAA" },
        SpoiledPackage("an empty signature", "error signature") { $0.signature = "" },
        SpoiledPackage("an expired certificate", "error signature", "error signature") {
            $0.signature = ["certificate": "expired"]
        },
        SpoiledPackage("a certificate that is not valid yet", "error signature", "error signature") {
            $0.signature = ["certificate": "not-yet-valid"]
        },
        SpoiledPackage("the certificate of another team", "error pass.json /teamIdentifier") {
            $0.signature = ["certificate": "other-team"]
        },
        SpoiledPackage("the certificate of no pass type", "error pass.json /passTypeIdentifier") {
            $0.signature = ["certificate": "no-uid"]
        },
        SpoiledPackage("another pass type", "error pass.json /passTypeIdentifier") {
            $0.pass["passTypeIdentifier"] = "pass.example.other"
        },
        SpoiledPackage("a certificate below another authority", "error signature") {
            $0.signature = ["certificate": "wrong-issuer", "chain": "other-intermediate"]
        },
        SpoiledPackage(
            "an authority's own signature", "error signature", "error pass.json /passTypeIdentifier",
            "error pass.json /teamIdentifier"
        ) {
            $0.signature = ["certificate": "intermediate", "chain": .null]
        },
        SpoiledPackage("Apple's roots", "error signature") { $0.authorities = .apple },
    ]

    @Test("finds what is wrong with container and manifest", arguments: containers)
    func container(_ spoiled: SpoiledPackage) throws {
        try expect(spoiled)
    }

    @Test("finds what is wrong with signature, chain and certificate", arguments: signatures)
    func signature(_ spoiled: SpoiledPackage) throws {
        try expect(spoiled)
    }

    @Test("takes elliptic curves and SHA-1 signatures, as phones do")
    func otherSignatures() throws {
        var package = try CheckedPackage()
        package.signature = ["certificate": "ec"]
        #expect(try package.findings() == [])
        package.signature = ["arguments": ["-md", "sha1"]]
        #expect(try package.findings() == [])
    }

    @Test("says of an expired certificate that installed passes stay, and warns before")
    func expiry() throws {
        let package = try CheckedPackage()
        let end = try DemoAuthority.shared().certificate().notAfter
        #expect(try package.findings(at: end - 31 * 86_400) == [])
        #expect(try package.findings(at: end - 29 * 86_400) == ["warning signature"])
        let report = try package.report(at: end + 1)
        #expect(report.findings.map(CheckedPackage.line) == ["error signature"])
        #expect(report.findings.first?.effect == .keepsInstalledOnly)
    }

    @Test("names the intermediate that is missing or wrong")
    func intermediates() throws {
        var package = try CheckedPackage()
        package.signature = ["chain": .null]
        let missing = try #require(try package.report().findings.first)
        #expect(missing.reason.contains("is missing"))
        #expect(missing.reason.contains("Demo Worldwide Developer Relations"))
        package.signature = ["chain": "other-intermediate"]
        let wrong = try #require(try package.report().findings.first)
        #expect(wrong.reason.contains("wrong intermediate"))
    }

    @Test("says of what is no package why it can't be opened")
    func noPackage() throws {
        let checker = PackageChecker(authorities: .apple, now: 0)
        for bytes in [[], Self.text("{}"), Self.text("PK\u{3}\u{4}")] {
            let report = checker.check(bytes)
            #expect(report.findings.map(CheckedPackage.line) == ["error"])
            #expect(report.passes.isEmpty)
        }
    }

    private func expect(_ spoiled: SpoiledPackage) throws {
        var package = try CheckedPackage()
        try spoiled.spoil(&package)
        let report = try package.report()
        let found = report.findings.filter { $0.severity != .information }
        #expect(found.map(CheckedPackage.line).sorted() == spoiled.expected.sorted(), "\(found)")
        for finding in report.findings {
            #expect(finding.reason.hasSuffix(".") && finding.effect.sentence.hasSuffix("."), "\(finding)")
            #expect(finding.severity == .information || finding.remedy != nil, "\(finding)")
        }
    }
}
