import Foundation
import JSON
import Testing

/// A package on disk, read by Python's zipfile and judged by openssl.
final class Package {
    let directory: URL
    let json: JSONValue

    init(_ bytes: [UInt8]) throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("package-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let file = directory.appendingPathComponent("pass.pkpass")
        try Data(bytes).write(to: file)
        _ = try Tool.run("/usr/bin/unzip", ["-tq", file.path])
        _ = try Tool.run(
            "/usr/bin/env",
            ["python3", "-c", "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])"]
                + [file.path, directory.path])
        json = try JSON.parse(Array(try Data(contentsOf: directory.appendingPathComponent("pass.json"))))
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// The value of the campaign's primary field.
    var points: JSONValue? { json["storeCard"]?["primaryFields"]?.arrayValue?.first?["value"] }

    /// The SHA-1 of each file, by name.
    func manifest() throws -> [String: JSONValue] {
        let data = try Data(contentsOf: directory.appendingPathComponent("manifest.json"))
        let object = try #require(try JSON.parse(Array(data)).objectValue)
        return Dictionary(uniqueKeysWithValues: object.map { ($0.key, $0.value) })
    }

    /// The chain leads to the demo authority's root through the intermediate in the signature alone.
    func verifySignature() throws {
        _ = try Tool.run(
            "/usr/bin/openssl",
            ["cms", "-verify", "-binary", "-inform", "DER", "-in", directory.appendingPathComponent("signature").path]
                + ["-content", directory.appendingPathComponent("manifest.json").path, "-purpose", "any"]
                + ["-CAfile", try DemoAuthority.path("root.pem"), "-out", "/dev/null"])
        let check = """
            import sys, json, hashlib, os
            d = sys.argv[1]
            manifest = json.load(open(os.path.join(d, 'manifest.json')))
            for name, digest in manifest.items():
                assert hashlib.sha1(open(os.path.join(d, name), 'rb').read()).hexdigest() == digest, name
            files = {os.path.relpath(os.path.join(r, f), d) for r, _, fs in os.walk(d) for f in fs}
            assert files - {'pass.pkpass', 'manifest.json', 'signature'} == set(manifest)
            """
        _ = try Tool.run("/usr/bin/env", ["python3", "-c", check, directory.path])
    }
}
