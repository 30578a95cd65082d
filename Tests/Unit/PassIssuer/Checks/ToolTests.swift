import Foundation
import HTTPTypes
import JSON
import ServiceKit
import Testing

@testable import PassIssuer

@Suite struct ToolTests {
    private func file(_ bytes: [UInt8]) throws -> (directory: TemporaryDirectory, path: String) {
        let directory = try TemporaryDirectory()
        return (directory, try directory.write(bytes, to: "a file.pkpass"))
    }

    @Test("checks a package at the command line, against Apple's roots or others")
    func package() throws {
        let package = try file(CheckedPackage().bytes())
        let root = try DemoAuthority.shared().path("root.pem")
        let sound = PackageCheckTool.run([package.path, "--root", root], now: .now())
        #expect(sound.status == 0 && sound.errors.isEmpty)
        #expect(sound.output.hasSuffix("0 errors, 0 warnings, 0 notes: phones take this.\n"), "\(sound.output)")
        let unknown = PackageCheckTool.run([package.path], now: .now())
        #expect(unknown.status == 1)
        #expect(unknown.output.contains("error  signature"))
    }

    @Test("writes the report as JSON")
    func json() throws {
        let package = try file(CheckedPackage().bytes())
        let outcome = PackageCheckTool.run(["--json", package.path], now: .now())
        let answer = try JSON.parse(Array(outcome.output.utf8))
        #expect(answer["state"] == "failed")
        #expect(answer["passes"]?[0]?["serialNumber"] == "S-1")
        #expect(answer["findings"]?[0]?["file"] == "signature")
    }

    @Test("explains a certificate at the command line, with a password from a file")
    func certificate() throws {
        let authority = try DemoAuthority.shared()
        let password = try file(Array("demo\n".utf8))
        let opened = CertificateCheckTool.run(
            [authority.path("pass.legacy.p12"), "--password-file", password.path], now: .now())
        #expect(opened.status == 0, "\(opened.output)")
        #expect(CertificateCheckTool.run([authority.path("pass.legacy.p12")], now: .now()).status == 1)
    }

    @Test(
        "says how it is used, and which file can't be read",
        arguments: [
            ([], 64), (["a", "b"], 64), (["a", "--root"], 64), (["--verbose", "a"], 64), (["/nowhere/x.pkpass"], 66),
            (["/dev/zero"], 66), (["/etc/hostname", "--root", "/etc/hostname"], 66),
        ] as [([String], Int32)])
    func usage(arguments: [String], status: Int32) {
        let outcome = PackageCheckTool.run(arguments, now: .now())
        #expect(outcome.status == status && outcome.output.isEmpty && outcome.errors.hasSuffix("\n"))
    }
}
