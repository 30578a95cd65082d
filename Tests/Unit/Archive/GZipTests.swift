import Archive
import Testing

@Suite struct GZipTests {
    @Test(
        "gzip unpacks what was packed",
        arguments: [0, 1, 65_535, 1_000_000])
    func packs(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        let packed = try #require(GZip.compress(bytes))
        let unpacked = try ExternalTool.run("gzip", "-dc", input: packed)
        #expect(unpacked.status == 0, "\(unpacked.errors)")
        #expect(unpacked.output == bytes)
    }

    @Test("makes repeated text smaller")
    func shrinks() throws {
        let packed = try #require(GZip.compress([UInt8](repeating: 0x61, count: 10_000)))
        #expect(packed.count < 100)
    }
}
