import Barcode
import Foundation
import Testing

@Suite struct BarcodeTests {
    private static let link = "https://wallet.example/api/pass/create/eyJhbGciOiJIUzI1NiJ9.e30.c2ln"

    /// Draws a picture's dashes into a grey map (PGM), three dots to a unit.
    private static let painter = """
        import re, sys, xml.etree.ElementTree as tree
        picture = tree.fromstring(sys.argv[1])
        wide, high = (int(number) for number in picture.get("viewBox").split()[2:])
        path = picture.find("{http://www.w3.org/2000/svg}path")
        thick, scale = int(path.get("stroke-width")), 3
        rows = [bytearray(b"\\xff" * wide * scale) for _ in range(high * scale)]
        pattern = r"([Mm])(\\d+) (\\d+(?:\\.5)?)h(\\d+)"
        assert not re.sub(pattern, "", path.get("d"))
        x = y = 0
        for move, across, down, length in re.findall(pattern, path.get("d")):
            x, y = (int(across), float(down)) if move == "M" else (x + int(across), y + float(down))
            for row in range(round((y - thick / 2) * scale), round((y + thick / 2) * scale)):
                rows[row][x * scale:(x + int(length)) * scale] = bytes(int(length) * scale)
            x += int(length)
        with open(sys.argv[2], "wb") as file:
            file.write(b"P5 %d %d 255\\n" % (wide * scale, high * scale) + b"".join(rows))
        """

    private static func read(_ barcode: Barcode, _ format: String) throws -> String {
        let path = NSTemporaryDirectory() + "barcode-\(UUID().uuidString).pgm"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let painted = try ExternalTool.run("python3", "-c", painter, barcode.svg(), path)
        #expect(painted.errors == "")
        let result = try ExternalTool.run("ZXingReader", "-format", format, path)
        return result.text
    }

    @Test(
        "a picture says to another program what the code was made of",
        arguments: [
            ("QRCode", BarcodeSymbology.qr(.low), link), ("QRCode", .qr(.medium), "0123456789"),
            ("QRCode", .qr(.high), "Grüße aus Köln"), ("PDF417", .pdf417, link), ("PDF417", .pdf417, "M1LOVELACE/ADA"),
            ("Aztec", .aztec, link), ("Aztec", .aztec, "spring:ada"), ("Code128", .code128, "SPRING-0042"),
            ("Code128", .code128, "0123456789"), ("Code39", .code39, "SPRING 42"),
            ("EAN13", .ean13, "4006381333931"), ("ITF", .interleaved2of5, "00123456789012"),
        ])
    func reading(format: String, symbology: BarcodeSymbology, text: String) throws {
        let said = try Self.read(try Barcode(text: text, as: symbology), format)
        #expect(said.contains("\"\(text)\""), "\(said)")
        #expect(said.replacing("-", with: "").contains(format), "\(said)")
    }

    @Test("the letters that begin and end a Codabar are its bars, not its text") func codabar() throws {
        #expect(try Self.read(try Barcode(text: "A40156B", as: .codabar), "Codabar").contains("\"40156\""))
    }

    @Test("a text in ISO 8859-1 is held byte by byte") func latin() throws {
        let said = try Self.read(try Barcode(bytes: [0x4B, 0xF6, 0x6C, 0x6E], as: .pdf417), "PDF417")
        #expect(said.contains("Köln"), "\(said)")
    }

    @Test("a QR code has as many modules as its specification says", arguments: [1, 1_273])
    func sides(length: Int) throws {
        let code = try Barcode(text: String(repeating: "x", count: length), as: .qr(.low))
        // ISO/IEC 18004, table 7: version 1 and version 25.
        #expect(code.width == (length == 1 ? 21 : 117))
        #expect(code.modules.count == code.width)
    }

    @Test(
        "refuses a text that no code can hold",
        arguments: [BarcodeSymbology.qr(.low), .pdf417, .aztec, .code128])
    func unencodable(symbology: BarcodeSymbology) {
        #expect(throws: BarcodeError.empty) { try Barcode(text: "", as: symbology) }
        #expect(throws: BarcodeError.tooLong(bytes: 4_000)) {
            try Barcode(text: String(repeating: "x", count: 4_000), as: symbology)
        }
    }

    @Test("holds the longest text of its correction")
    func longest() throws {
        #expect(try Barcode(text: String(repeating: "x", count: 2_953), as: .qr(.low)).width == 177)
        #expect(throws: BarcodeError.self) { try Barcode(text: String(repeating: "x", count: 2_954), as: .qr(.low)) }
    }

    @Test("the picture of a link is small") func size() throws {
        #expect(try Barcode(text: Self.link, as: .qr(.low)).svg().utf8.count < 6_000)
    }
}
