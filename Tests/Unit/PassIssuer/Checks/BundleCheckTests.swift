import Archive
import Foundation
import JSON
import Testing

@testable import PassIssuer

@Suite struct BundleCheckTests {
    private func package(_ serialNumber: String, _ spoil: (inout CheckedPackage) -> Void = { _ in }) throws -> [UInt8] {
        var package = try CheckedPackage()
        package.pass["serialNumber"] = .string(serialNumber)
        spoil(&package)
        return try package.bytes()
    }

    private func findings(_ files: [(String, [UInt8])]) throws -> [String] {
        let bundle = try ZIPWriter.archive(files.map { ZIPEntry(path: $0.0, bytes: $0.1) })
        let checker = try PackageChecker(
            authorities: .others([DemoAuthority.shared().certificate("root")]), now: Int(Date().timeIntervalSince1970))
        return checker.check(bundle).findings.map(CheckedPackage.line)
    }

    @Test("checks each pass of a bundle, and the bundle")
    func bundle() throws {
        let (first, second) = (try package("1"), try package("2"))
        #expect(try findings([("a.pkpass", first), ("b.pkpass", second)]) == [])
        #expect(try findings([("a.pkpass", first), ("b.pkpass", first)]) == ["error b.pkpass"])
        #expect(try findings([("a.pkpass", first), ("readme.txt", [1])]) == ["warning readme.txt"])
        let spoiled = try package("3") { $0.pass["description"] = nil }
        #expect(
            try findings([("a.pkpass", first), ("x/b.pkpass", spoiled), ("c.pkpass", [1, 2])])
                == ["error x/b.pkpass/pass.json /description", "error c.pkpass"])
    }

    @Test("refuses more passes than phones take")
    func tooMany() throws {
        let pass = [UInt8]("not a package".utf8)
        let findings = try findings((0..<11).map { ("\($0).pkpass", pass) })
        #expect(findings.filter { $0 == "error" }.count == 1)
        #expect(findings.count == 12)
    }
}
