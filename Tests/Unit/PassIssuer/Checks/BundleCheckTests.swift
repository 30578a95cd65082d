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

    @Test("refuses more passes than phones take, and looks at the first alone")
    func tooMany() throws {
        let pass = [UInt8]("not a package".utf8)
        let findings = try findings((0..<11).map { ("\($0).pkpass", pass) })
        #expect(findings == ["error"] + (0..<10).map { "error \($0).pkpass" })
    }

    /// A bundle of a thousand packages, each with four megabytes of zeros.
    private static let zeros: Result<[UInt8], any Error> = Result {
        let source = """
            import io, sys, zipfile
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
                for number in range(4):
                    archive.writestr(f"{number}.bin", bytes(1 << 20))
            outer = io.BytesIO()
            with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
                for number in range(1000):
                    archive.writestr(f"{number}.pkpass", inner.getvalue())
            sys.stdout.buffer.write(outer.getvalue())
            """
        let made = try ExternalTool.run("python3", "-c", source)
        guard made.status == 0 else { throw CheckedPackage.Failure(text: made.errors) }
        return made.output
    }

    @Test("looks at ten of a thousand packages of zeros, and says so")
    func thousand() throws {
        let report = PackageChecker(authorities: .apple, now: 0).check(try Self.zeros.get())
        #expect(report.passes.compactMap(\.file) == (0..<10).map { "\($0).pkpass" })
        let packages = Set(report.findings.compactMap { $0.file?.split(separator: "/").first })
        #expect(packages.count == 10)
        #expect(report.findings.contains { $0.reason.contains("were not looked at") })
    }

    @Test("unpacks no more than its budget, for a bundle and its packages together")
    func budget() throws {
        let report = PackageChecker(authorities: .apple, now: 0, budget: 10 << 20).check(try Self.zeros.get())
        #expect(report.passes.compactMap(\.file) == ["0.pkpass"])
        #expect(report.findings.filter { $0.reason.hasPrefix("The files unpack to more than") }.count == 9)
    }

    @Test("tells a bounded number of findings, the gravest first, and that there are more")
    func manyFindings() throws {
        let others = (0..<600).map { ("\($0).txt", [UInt8]([1])) }
        let findings = try findings(others + [("a.pkpass", [1, 2])])
        #expect(findings.count == PackageChecker.maximumFindings + 1)
        #expect(findings.first == "error a.pkpass" && findings.last == "warning")
    }
}
