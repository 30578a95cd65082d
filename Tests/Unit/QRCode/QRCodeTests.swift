import Foundation
import QRCode
import Testing

@Suite struct QRCodeTests {
    /// Made with `qrencode -t ASCII -m 0 -l <L|M|Q|H> <text>`, version 4.1.1.
    private func fixture(_ name: String) throws -> [[Bool]] {
        let path = DemoAuthority.repository.appendingPathComponent("Tests/Fixtures/QRCode/\(name).txt")
        return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { line in
            let characters = Array(line)
            // Each module is two characters wide.
            return stride(from: 0, to: characters.count, by: 2).map { characters[$0] == "#" }
        }
    }

    @Test(
        "draws what qrencode draws",
        arguments: [
            ("L", "0123456789", QRCode.Correction.low),
            ("M", "https://wallet.example/api/pass/create/eyJhbGciOiJIUzI1NiJ9.e30.c2ln", .medium),
            ("Q", "HELLO WORLD", .quartile), ("H", "Grüße aus Köln", .high),
        ])
    func modules(name: String, text: String, correction: QRCode.Correction) throws {
        let code = try QRCode(text: text, correction: correction)
        #expect(try code.modules == fixture(name))
        #expect(code.side == code.modules.count)
    }

    @Test("a picture has its dark modules where the code has them", arguments: [0, 4])
    func picture(quietZone: Int) throws {
        let code = try QRCode(text: "HELLO WORLD", correction: .quartile)
        let svg = code.svg(quietZone: quietZone)
        let script = """
            import re, sys, xml.etree.ElementTree as tree
            picture = tree.fromstring(sys.stdin.read())
            side = int(picture.get("viewBox").split()[2])
            rows = [["."] * side for _ in range(side)]
            path = picture.find("{http://www.w3.org/2000/svg}path").get("d")
            for x, y, width in re.findall(r"M(\\d+) (\\d+)h(\\d+)v1h-\\3z", path):
                for column in range(int(width)):
                    rows[int(y)][int(x) + column] = "#"
            assert not re.sub(r"M(\\d+) (\\d+)h(\\d+)v1h-\\3z", "", path)
            print("\\n".join("".join(row) for row in rows))
            """
        let drawn = try ExternalTool.run("python3", "-c", script, input: Array(svg.utf8))
        let margin = [Bool](repeating: false, count: quietZone)
        let blank = [[Bool]](repeating: .init(repeating: false, count: code.side + 2 * quietZone), count: quietZone)
        let expected = try blank + fixture("Q").map { margin + $0 + margin } + blank
        let lines = expected.map { row in String(row.map { $0 ? "#" : "." }) }
        #expect(drawn.text == lines.joined(separator: "\n") + "\n", "\(drawn.errors)")
    }

    @Test("the compact picture has the same dark modules, in less than half of the bytes")
    func compactPicture() throws {
        let code = try QRCode(
            text: "https://wallet.example/api/pass/create/eyJhbGciOiJIUzI1NiJ9.e30.c2ln", correction: .medium)
        let svg = code.compactSVG(quietZone: 4)
        let script = """
            import re, sys, xml.etree.ElementTree as tree
            picture = tree.fromstring(sys.stdin.read())
            side = int(picture.get("viewBox").split()[2])
            rows = [["."] * side for _ in range(side)]
            path = picture.find("{http://www.w3.org/2000/svg}path").get("d")
            x = y = 0
            for move, dx, dy, length in re.findall(r"([Mm])(\\d+) (\\d+)(?:\\.5)?h(\\d+)", path):
                if move == "M":
                    x, y = int(dx), int(dy)
                else:
                    x += int(dx)
                for column in range(int(length)):
                    rows[y][x + column] = "#"
                x += int(length)
            assert not re.sub(r"([Mm])(\\d+) (\\d+)(?:\\.5)?h(\\d+)", "", path)
            print("\\n".join("".join(row[4:-4]) for row in rows[4:-4]))
            """
        let drawn = try ExternalTool.run("python3", "-c", script, input: Array(svg.utf8))
        let expected = try fixture("M").map { row in String(row.map { $0 ? "#" : "." }) }
        #expect(drawn.text == expected.joined(separator: "\n") + "\n", "\(drawn.errors)")
        #expect(svg.utf8.count * 2 < code.svg(quietZone: 4).utf8.count)
    }

    @Test("refuses a text that no code can hold")
    func unencodable() {
        #expect(throws: QRCodeError.notEncodable) { try QRCode(text: "") }
        #expect(throws: QRCodeError.notEncodable) { try QRCode(text: "a\0b") }
        #expect(throws: QRCodeError.tooLong(bytes: 3_000)) { try QRCode(text: String(repeating: "x", count: 3_000)) }
    }

    @Test("holds the longest text of its correction")
    func longest() throws {
        #expect(try QRCode(text: String(repeating: "x", count: 2_953), correction: .low).side == 177)
        #expect(throws: QRCodeError.self) { try QRCode(text: String(repeating: "x", count: 2_954), correction: .low) }
    }
}
