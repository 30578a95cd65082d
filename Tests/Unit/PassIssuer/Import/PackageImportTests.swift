import Archive
import JSON
import Testing

@testable import PassIssuer

@Suite struct PackageImportTests {
    private static let pass: JSONObject = [
        "formatVersion": 1, "serialNumber": "S-1", "description": "A card {{x}}", "userInfo": ["list": [1, "b"]],
        "storeCard": ["primaryFields": [["key": "points", "label": "Points", "value": 12]]],
    ]

    private static func package() throws -> [UInt8] {
        try ZIPWriter.archive([
            ZIPEntry(path: "pass.json", bytes: JSONValue.object(pass).serialized()),
            ZIPEntry(path: "icon.png", bytes: PNGFixture.make(38, 38)),
            ZIPEntry(path: "de.lproj/pass.strings", bytes: Array(#""Points" = "Punkte";"#.utf8)),
        ])
    }

    /// The hostile archives; a text that is no archive may be a bare pass.json.
    private static let archives: [String] = ZIPReaderTests.names("bad").filter {
        ZIPReaderTests.archives[$0]?.first != UInt8(ascii: "{")
    }

    @Test("refuses hostile and broken archives, bare or in a bundle", arguments: archives)
    func hostile(name: String) throws {
        let archive = try #require(ZIPReaderTests.archives[name])
        #expect(throws: ImportFault.self) { try PackageImport.read(archive) }
        let bundle = try ZIPWriter.archive([ZIPEntry(path: "1.pkpass", bytes: archive)])
        #expect(throws: ImportFault.self) { try PackageImport.read(bundle) }
    }

    @Test("takes the keys away that name a pass, and writes braces so that no token begins")
    func content() throws {
        let package = try PackageImport.read(Self.package())
        #expect(package.pass["serialNumber"] == nil && package.pass["formatVersion"] == nil)
        #expect(package.pass["description"] == "A card {{{{x}}")
        #expect(package.pass["userInfo"] == ["list": [1, "b"]])
        #expect(package.localizations == ["de": ["Points": "Punkte"]])
        #expect(package.images?.keys.map(\.description) == ["icon.png"])
    }

    @Test("survives packages with any byte changed, and cut off anywhere", arguments: [1, 2, 3, 4])
    func mutated(seed: UInt64) throws {
        let sound = try Self.package()
        let text = JSONValue.object(Self.pass).serialized()
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        for round in 0..<400 {
            var bytes = round % 2 == 0 ? sound : text
            for _ in 0...random(below: 3) { bytes[random(below: bytes.count)] = UInt8(random(below: 256)) }
            if round % 5 == 0 { bytes.removeLast(random(below: bytes.count)) }
            do throws(ImportFault) {
                let package = try PackageImport.read(bytes)
                #expect(package.pass["serialNumber"] == nil)
            } catch {
                #expect(!error.reason.isEmpty && error.reason.utf8.count < 500)
            }
        }
    }
}
