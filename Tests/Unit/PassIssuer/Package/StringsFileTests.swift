import Foundation
import JSON
import Testing

@testable import PassIssuer

@Suite struct StringsFileTests {
    /// Reads a file of strings as its grammar says, and prints its pairs as JSON.
    private static let reader = #"""
        import json, re, sys
        text = sys.stdin.buffer.read().decode("utf-8")
        quoted = r'"((?:[^"\\]|\\(?:["\\nrt]|U[0-9a-fA-F]{4}))*)"'
        pair = re.compile(r"\s*" + quoted + r"\s*=\s*" + quoted + r"\s*;")
        plain = {"n": "\n", "r": "\r", "t": "\t"}
        def value(text):
            return re.sub(r"\\(U([0-9a-fA-F]{4})|.)",
                          lambda match: chr(int(match[2], 16)) if match[2] else plain.get(match[1], match[1]), text)
        pairs, position = {}, 0
        while match := pair.match(text, position):
            pairs[value(match[1])] = value(match[2])
            position = match.end()
        if text[position:].strip():
            sys.exit("left over: " + text[position:])
        json.dump(pairs, sys.stdout)
        """#

    static func read(_ bytes: [UInt8]) throws -> JSONValue {
        let result = try ExternalTool.run("python3", "-c", reader, input: bytes)
        guard result.status == 0 else { throw Unreadable(text: result.errors) }
        return try JSON.parse(result.output)
    }

    struct Unreadable: Error { let text: String }

    @Test("a reader of the grammar finds the same texts, whatever is in them")
    func survives() throws {
        let translations: JSONObject = [
            "Points": "Punkte", "say \"hi\"": "sag \"hallo\"", "back\\slash": "\\n is no newline",
            "a\nb\r\tc": "ä\n\"\\\"",
            "": "empty", "emoji 🎉": "日本", "bell\u{7}\u{1F}\u{7F}": "x", "; } //": "/* */ = ;", "number": 5, "yes": true,
        ]
        var expected = translations
        expected["number"] = "5"
        expected["yes"] = "true"
        #expect(try Self.read(StringsFile.bytes(translations)) == .object(expected))
    }

    @Test("is a line for each text, sorted")
    func lines() {
        let bytes = StringsFile.bytes(["b": "2", "a": "1"])
        #expect(String(decoding: bytes, as: UTF8.self) == "\"a\" = \"1\";\n\"b\" = \"2\";\n")
    }
}
