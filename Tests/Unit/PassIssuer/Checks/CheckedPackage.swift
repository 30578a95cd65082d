import Cryptography
import Foundation
import JSON

@testable import PassIssuer

/// A package made by Python and openssl, each part of which a test may spoil.
struct CheckedPackage {
    /// pass.json, unless `passJSON` says otherwise.
    var pass: JSONObject = [
        "formatVersion": 1, "passTypeIdentifier": "pass.example.demo", "teamIdentifier": "TEAM123456",
        "serialNumber": "S-1", "organizationName": "Example", "description": "A card",
        "webServiceURL": "https://example.com/", "authenticationToken": "0123456789abcdef",
        "storeCard": ["primaryFields": [["key": "points", "label": "Points", "value": 12]]],
    ]
    /// The bytes of pass.json when they are not to be written from `pass`.
    var passJSON: [UInt8]?
    /// All files but pass.json, manifest.json and signature.
    var files: [(String, [UInt8])]
    var manifest: JSONObject = [:]
    /// How openssl signs, or base64 of what stands there instead.
    var signature: JSONValue = [:]
    var late: [(String, [UInt8])] = []
    var leaveOut: [JSONValue] = []
    var folder = ""
    /// The roots that are believed; the demo authority's unless a test says otherwise.
    var authorities: PassAuthorities?

    /// A package in which nothing is wrong.
    init() throws {
        files = try Self.icons.get()
    }

    private static let icons = Result {
        try [("icon.png", 38), ("icon@2x.png", 76), ("icon@3x.png", 114)].map {
            ($0.0, try PNGFixture.make($0.1, $0.1))
        }
    }

    /// The bytes.
    func bytes() throws -> [UInt8] {
        let content = [("pass.json", passJSON ?? JSONValue.object(pass).serialized())]
        let description: JSONObject = [
            "files": .array((content + files).map(Self.pair)), "manifest": .object(manifest), "signature": signature,
            "late": .array(late.map(Self.pair)), "leaveOut": .array(leaveOut), "folder": .string(folder),
        ]
        let work = try TemporaryDirectory()
        let output = work.url.appending(path: "made.pkpass")
        let made = try ExternalTool.run(
            "python3", DemoAuthority.repository.appending(path: "Tests/Fixtures/packages/build.py").path,
            DemoAuthority.shared().directory.path, output.path, input: JSONValue.object(description).serialized())
        guard made.status == 0 else { throw Failure(text: made.errors) }
        return Array(try Data(contentsOf: output))
    }

    /// The report of the checker.
    /// - Parameter instant: since 1970; now, after the package was made, unless a test says otherwise.
    func report(at instant: Int? = nil) throws -> PackageReport {
        let believed = try authorities ?? .others([DemoAuthority.shared().certificate("root")])
        let bytes = try bytes()
        let now = instant ?? Int(Date().timeIntervalSince1970)
        return PackageChecker(authorities: believed, now: now).check(bytes)
    }

    /// What was found but for notes: severity, file and pointer.
    func findings(at instant: Int? = nil) throws -> [String] {
        try report(at: instant).findings.filter { $0.severity != .information }.map(Self.line)
    }

    /// A finding in short.
    static func line(_ finding: Finding) -> String {
        let place = [finding.file, finding.pointer?.description].compactMap(\.self).filter { !$0.isEmpty }
        return ([finding.severity.word] + place).joined(separator: " ")
    }

    struct Failure: Error { let text: String }

    private static func pair(_ file: (String, [UInt8])) -> JSONValue {
        [.string(file.0), .string(Data(file.1).base64EncodedString())]
    }
}
