import Contracts
import Testing

@testable import PassIssuer

@Suite struct PNGImageTests {
    private func fault(_ body: () throws -> Void) throws -> ImageFault? {
        do {
            try body()
            return nil
        } catch let fault as ImageFault {
            return fault
        }
    }

    @Test("reads the size of a whole PNG")
    func size() throws {
        let image = try PNGImage(checking: PNGFixture.make(38, 29))
        #expect(image.width == 38)
        #expect(image.height == 29)
    }

    @Test(
        "refuses a broken PNG",
        arguments: [
            ("crc", "the checksum of its IHDR is wrong"), ("pixelcrc", "the checksum of its IDAT is wrong"),
            ("nopixels", "it has no IDAT, so no pixels"), ("order", "it does not begin with IHDR"),
            ("depth", "its colour type and bit depth do not exist"),
        ])
    func broken(kind: String, reason: String) throws {
        let bytes = try PNGFixture.make(8, 8, kind)
        #expect(try fault { _ = try PNGImage(checking: bytes) } == .malformed(reason))
    }

    @Test("refuses a PNG without pixels in its header", arguments: [(0, 8), (8, 0)])
    func noPixels(width: Int, height: Int) throws {
        let bytes = try PNGFixture.make(width, height)
        #expect(try fault { _ = try PNGImage(checking: bytes) } == .malformed("it has no pixels"))
    }

    @Test("refuses every PNG that ends too early")
    func truncated() throws {
        let whole = try PNGFixture.make(8, 8)
        for length in 8..<whole.count {
            #expect(try fault { _ = try PNGImage(checking: Array(whole[..<length])) } == .truncated)
        }
        for kind in ["noend", "length"] {
            #expect(try fault { _ = try PNGImage(checking: PNGFixture.make(8, 8, kind)) } == .truncated)
        }
    }

    @Test("refuses what is no PNG", arguments: [[], Array("GIF89a".utf8), [0xFF, 0xD8, 0xFF, 0xE0], [0x89, 0x50]])
    func other(bytes: [UInt8]) throws {
        #expect(try fault { _ = try PNGImage(checking: bytes) } == .notPNG)
    }

    @Test("takes a mebibyte and no byte more")
    func large() throws {
        let overhead = try PNGFixture.make(8, 8).count + 12
        let fits = try PNGFixture.make(8, 8, "padded", padding: 1 << 20 - overhead)
        #expect(fits.count == 1 << 20)
        #expect(try PNGImage(checking: fits).width == 8)
        let exceeds = try PNGFixture.make(8, 8, "padded", padding: 1 << 20 - overhead + 1)
        #expect(try fault { _ = try PNGImage(checking: exceeds) } == .tooManyBytes(1 << 20 + 1))
    }

    @Test(
        "takes three times the nominal size at the file's scale",
        arguments: [
            ("icon.png", 114, 114), ("icon@2x.png", 228, 228), ("icon@3x.png", 342, 342), ("logo.png", 480, 150),
            ("strip.png", 1125, 432), ("thumbnail.png", 270, 270), ("background.png", 1035, 1515),
            ("footer.png", 858, 45), ("artwork.png", 1074, 1344), ("primaryLogo.png", 378, 90),
            ("secondaryLogo.png", 405, 36), ("personalizationLogo.png", 450, 120), ("de.lproj/logo@2x.png", 960, 300),
        ])
    func sides(name: String, width: Int, height: Int) throws {
        let file = try #require(ImageFile(rawValue: name))
        #expect(try ImageCheck.image(PNGFixture.make(width, height), as: file).width == width)
        let wide = try fault { _ = try ImageCheck.image(PNGFixture.make(width + 1, height), as: file) }
        #expect(wide == .tooManyPixels(file: name, side: "width", pixels: width + 1, maximum: width))
        let high = try fault { _ = try ImageCheck.image(PNGFixture.make(width, height + 1), as: file) }
        #expect(high == .tooManyPixels(file: name, side: "height", pixels: height + 1, maximum: height))
    }
}
