import Archive
import Testing

@testable import PassIssuer

/// What strangers may hand to the checker: it must return, whatever it says.
@Suite struct HostilePackageTests {
    private static let checker = PackageChecker(authorities: .apple, now: 1_795_485_600)

    @Test("finds an error in hostile and broken archives, bare or in a bundle", arguments: ZIPReaderTests.names("bad"))
    func hostile(name: String) throws {
        let archive = try #require(ZIPReaderTests.archives[name])
        #expect(Self.checker.check(archive).findings.holdsError)
        let bundle = try ZIPWriter.archive([ZIPEntry(path: "1.pkpass", bytes: archive)])
        let report = Self.checker.check(bundle)
        #expect(report.findings.first?.file == "1.pkpass" && report.passes.isEmpty)
    }

    private static let sound: Result<[UInt8], any Error> = Result { try CheckedPackage().bytes() }

    @Test(
        "survives packages with any byte changed, cut off anywhere, and files changed inside", arguments: [1, 2, 3, 4])
    func mutated(seed: UInt64) throws {
        let sound = try Self.sound.get()
        let reader = try ZIPReader(sound)
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        func changed(_ original: [UInt8], isCut: Bool) -> [UInt8] {
            var bytes = original
            for _ in 0...random(below: 3) { bytes[random(below: bytes.count)] = UInt8(random(below: 256)) }
            if isCut { bytes.removeLast(random(below: bytes.count)) }
            return bytes
        }
        for round in 0..<100 {
            var bytes = sound
            if round % 2 == 0 {
                bytes = changed(sound, isCut: round % 5 == 0)
            } else {
                // A changed archive hardly gets past its checksums: a file inside is changed and packed anew.
                let chosen = random(below: reader.files.count)
                var entries: [ZIPEntry] = []
                for (index, file) in reader.files.enumerated() {
                    let content = try reader.bytes(of: file)
                    entries.append(
                        ZIPEntry(
                            path: file.path,
                            bytes: index == chosen ? changed(content, isCut: round % 5 == 0) : content))
                }
                bytes = try ZIPWriter.archive(entries)
            }
            let report = Self.checker.check(bytes)
            #expect(report.findings.count <= PackageChecker.maximumFindings + 1)
            #expect(!report.text.isEmpty)
        }
    }
}
