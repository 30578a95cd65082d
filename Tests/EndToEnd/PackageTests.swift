import Foundation
import HTTPClient
import Support
import Testing

extension EndToEndTests {
    @Suite("The package, judged by other programs", .sharedPlatform) struct PackageTests {
        @Test("unzip and Python's zipfile find it whole") func archive() async throws {
            let (directory, package) = try await openedPackage()
            try await Program.succeed(["unzip", "-t", package])
            let listing = try await Program.succeed([
                "python3", "-c",
                """
                import hashlib, json, sys, zipfile
                archive = zipfile.ZipFile(sys.argv[1])
                assert archive.testzip() is None
                names = archive.namelist()
                assert len(names) == len(set(names)), names
                manifest = json.loads(archive.read("manifest.json"))
                assert set(manifest) == set(names) - {"manifest.json", "signature"}, names
                for name, digest in manifest.items():
                    assert hashlib.sha1(archive.read(name)).hexdigest() == digest, name
                print("\\n".join(names))
                """, package,
            ])
            let names = Set(listing.split(separator: "\n").map(String.init))
            #expect(
                names.isSuperset(of: ["pass.json", "manifest.json", "signature", "icon.png", "icon@2x.png", "logo.png"])
            )
            #expect(names.contains("de.lproj/pass.strings"))
            withExtendedLifetime(directory) {}
        }

        @Test("openssl verifies its signature up to the root, with the intermediate that the signature brings")
        func signature() async throws {
            let (directory, package) = try await openedPackage()
            for name in ["manifest.json", "signature"] {
                try await Program.succeed(["unzip", "-q", "-o", package, name, "-d", directory.path])
            }
            let platform = try WalletPlatform.shared()
            let verify = [
                "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", directory.path("signature"),
                "-purpose", "any", "-no-CApath", "-no-CAstore", "-CAfile", platform.authority.path("root.pem"),
                "-out", "/dev/null",
            ]
            try await Program.succeed(verify + ["-content", directory.path("manifest.json")])

            try directory.write(Array("{}".utf8), to: "forged.json")
            let forged = try await Program.run(verify + ["-content", directory.path("forged.json")])
            #expect(forged.status != 0)

            let structure = try await Program.succeed([
                "openssl", "cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", directory.path("signature"),
            ])
            #expect(structure.contains("signingTime") && structure.contains("sha256"))
        }

        @Test("two openings differ in nothing but the signature") func determinism() async throws {
            let platform = try WalletPlatform.shared()
            let link = try await platform.link(for: Person())
            let (first, second) = (try TestDirectory(), try TestDirectory())
            for directory in [first, second] {
                let package = try directory.write(try await platform.open(link).body, to: "pass.pkpass")
                try await Program.succeed(["unzip", "-q", package, "-d", directory.path("files")])
            }
            let listing = try await Program.run(["diff", "-rq", first.path("files"), second.path("files")])
            let differing = listing.output.split(separator: "\n").filter { !$0.contains("/signature ") }
            #expect(differing.isEmpty)
        }

        private func openedPackage() async throws -> (TestDirectory, path: String) {
            let platform = try WalletPlatform.shared()
            let opened = try await platform.open(try await platform.link(for: Person()))
            try #require(opened.status == .ok)
            let directory = try TestDirectory()
            return (directory, try directory.write(opened.body, to: "pass.pkpass"))
        }
    }
}
