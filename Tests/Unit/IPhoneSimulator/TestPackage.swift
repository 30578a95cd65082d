import Foundation
import JSON

/// A pass package made with openssl and Python's zipfile, each part of which a test may spoil.
struct TestPackage: Sendable {
    /// How Python's zipfile keeps the files.
    enum Compression: String, Sendable {
        case stored = "ZIP_STORED"
        case deflated = "ZIP_DEFLATED"
    }

    var pass: JSONValue = [
        "formatVersion": 1, "passTypeIdentifier": "pass.com.example.test", "teamIdentifier": "TEAM123456",
        "serialNumber": "S-1", "organizationName": "Example", "description": "A test pass",
        "webServiceURL": "https://example.com/", "authenticationToken": "0123456789abcdef",
        "storeCard": ["primaryFields": [["key": "points", "label": "Points", "value": 12]]],
    ]
    /// All files but pass.json, manifest.json and signature.
    var files: [(String, [UInt8])] = [
        ("icon.png", [0x89, 0x50, 0x4E, 0x47, 1]), ("logo.png", [0x89, 0x50, 0x4E, 0x47, 2]),
    ]
    /// Replaces entries of the manifest; nil removes them.
    var manifestChanges: [String: String?] = [:]
    /// Files that replace others after the manifest was made, or come on top.
    var lateFiles: [(String, [UInt8])] = []
    var compression = Compression.stored
    var signer: TestAuthority.Signer?
    var signingArguments: [String] = []
    /// The signature is made over this instead of the manifest.
    var signedInstead: [UInt8]?
    var leavesOut: Set<String> = []
    var folder = ""

    /// The bytes of the package.
    func bytes() async throws -> [UInt8] {
        var all = [("pass.json", pass.serialized())] + files
        var manifest: [String: JSONValue] = [:]
        for (name, contents) in all {
            let line = String(decoding: try await TestTool.run("sha1sum", [], input: contents), as: UTF8.self)
            manifest[name] = .string(String(line.prefix(40)))
        }
        for (name, digest) in manifestChanges { manifest[name] = digest.map(JSONValue.string) }
        let manifestBytes = JSONValue.object(JSONObject(manifest)).serialized()
        let authority = TestAuthority.shared
        let chosen = if let signer { signer } else { try await authority.signer() }
        let signature = try await authority.sign(
            signedInstead ?? manifestBytes, by: chosen, arguments: signingArguments)
        all += [("manifest.json", manifestBytes), ("signature", signature)]
        for (name, contents) in lateFiles {
            all.removeAll { $0.0 == name }
            all.append((name, contents))
        }
        return try await zip(all.filter { !leavesOut.contains($0.0) }.map { (folder + $0.0, $0.1) })
    }

    private func zip(_ files: [(String, [UInt8])]) async throws -> [UInt8] {
        let script = """
            import sys, json, zipfile, io, base64
            out = io.BytesIO()
            with zipfile.ZipFile(out, 'w', zipfile.\(compression.rawValue)) as z:
                for name, data in json.load(sys.stdin):
                    z.writestr(name, base64.b64decode(data))
            sys.stdout.buffer.write(out.getvalue())
            """
        let list: [JSONValue] = files.map { [.string($0.0), .string(Data($0.1).base64EncodedString())] }
        return try await TestTool.run("python3", ["-c", script], input: JSONValue.array(list).serialized())
    }
}
