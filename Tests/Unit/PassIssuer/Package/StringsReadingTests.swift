import Foundation
import JSON
import Testing

@testable import PassIssuer

@Suite struct StringsReadingTests {
    private func read(_ text: String) throws -> StringsContent { try StringsFile.read(Array(text.utf8)) }

    /// A text in another encoding, as Python writes it.
    private func encoded(_ text: String, _ encoding: String) throws -> [UInt8] {
        let script = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().decode().encode('\(encoding)'))"
        return try ExternalTool.run("python3", "-c", script, input: Array(text.utf8)).output
    }

    @Test(
        "reads the syntax of property lists",
        arguments: [
            (#""a" = "b";"#, #"{"a":"b"}"#), ("", "{}"), (" \n// nothing\n/* at all */", "{}"),
            (#"/* one */ "a" /* two */ = // three"# + "\n \"b\" /* ; */ ;", #"{"a":"b"}"#),
            (#"a = b; $x.y:z/1-2_3 = 5;"#, #"{"$x.y:z/1-2_3":"5","a":"b"}"#),
            (#"'it''s' = 'x';"#, nil), (#"'a"b' = "c'd";"#, #"{"a\"b":"c'd"}"#),
            (#"{ "a" = "b"; }"#, #"{"a":"b"}"#), (#""same";"#, #"{"same":"same"}"#),
            (#""a" = "b"; "c" = "d""#, #"{"a":"b","c":"d"}"#), ("\"a\"=\"b\";\r\n\"c\"=\"d\";", #"{"a":"b","c":"d"}"#),
            ("\"two\nlines\" = \"x\";", #"{"two\nlines":"x"}"#), (#""" = "empty";"#, #"{"":"empty"}"#),
            (#""%@" = "100 %"; "{{x}}" = "{{y}}";"#, #"{"%@":"100 %","{{x}}":"{{y}}"}"#),
            (#""a" = {"b" = "c";};"#, nil), (#""a" = ("b");"#, nil), (#""a" = <00>;"#, nil), (#""a" = ;"#, nil),
            (#""a" "b";"#, nil), (#""a = "b";"#, nil), (#"= "b";"#, nil), (#"{ "a" = "b"; "#, nil),
            (#"{ "a" = "b"; } c"#, nil), (#""a" = "b\"#, nil), ("<?xml version=\"1.0\"?>", nil),
        ] as [(String, String?)])
    func syntax(text: String, content: String?) throws {
        guard let content else {
            #expect(throws: StringsFault.self) { try read(text) }
            return
        }
        #expect(JSONValue.object(try read(text).translations) == (try JSON.parse(content)))
    }

    @Test(
        "reads escapes as phones do",
        arguments: [
            (#"\n\r\t\a\b\f\v"#, "\n\r\t\u{7}\u{8}\u{C}\u{B}"), (#"\"\'\\"#, #""'\"#), (#"\U00e9\U20AC"#, "é€"),
            (#"\UD83C\UDF89"#, "🎉"), (#"\101\60\7x"#, "A0\u{7}x"), (#"\0a"#, "\0a"),
            // The characters of NeXTSTEP: é, ß, ’, ﬁ.
            (#"\335\373\251\256"#, "éß’ﬁ"), (#"\q\/"#, "q/"),
            (#"\u00e9"#, "u00e9"), (#"\UD83C"#, "\u{FFFD}"), (#"\U41"#, "A"), (#"\4015"#, "\u{1}5"),
        ])
    func escapes(written: String, meant: String) throws {
        let content = try read("\"k\" = \"\(written)\";")
        #expect(content.translations["k"]?.stringValue.map { Array($0.unicodeScalars) } == Array(meant.unicodeScalars))
    }

    @Test(
        "reads UTF-8 and UTF-16 with and without a byte-order mark",
        arguments: [
            ("utf-8", TextFile.Encoding.utf8), ("utf-8-sig", .utf8), ("utf-16-le", .utf16LittleEndian),
            ("utf-16-be", .utf16BigEndian), ("utf-16", .utf16LittleEndian),
        ])
    func encodings(encoding: String, found: TextFile.Encoding) throws {
        let text = "/* é */\n\"Punkte\" = \"Pünktchen 日本語 🎉\";\n"
        let content = try StringsFile.read(encoded(text, encoding))
        #expect(content.translations == ["Punkte": "Pünktchen 日本語 🎉"])
        #expect(content.encoding == found)
        #expect(content.repairs.isEmpty)
        let marked = try StringsFile.read([0xFE, 0xFF] + encoded(text, "utf-16-be"))
        #expect(marked.translations == content.translations)
    }

    @Test("says what was odd")
    func repairs() throws {
        let content = try read("\"a\" = \"1\"\n\"a\" = \"2\";\n\"b\" = \"\\u0041\";\n\"c\" = \"\\UDC00\";")
        #expect(content.translations == ["a": "2", "b": "u0041", "c": "\u{FFFD}"])
        #expect(content.repairs.count == 4)
        #expect(content.repairs[0] == "Line 2: A semicolon is missing before this place.")
        #expect(content.repairs[1].contains("twice"))
        let latin = try StringsFile.read([0x22, 0xE9, 0x22, 0x3B])
        #expect(latin.translations == ["é": "é"])
        #expect(latin.repairs.count == 1)
        let odd = try StringsFile.read(encoded("\"a\" = \"b\";", "utf-16") + [0x41])
        #expect(odd.translations == ["a": "b"])
        #expect(odd.repairs.count == 1)
    }

    @Test("names the line of a fault")
    func lines() throws {
        #expect(throws: StringsFault(line: 3, reason: "expected a translation in quotation marks, found ';'")) {
            try read("\"a\" = \"b\";\n/* x */\n\"c\" = ;")
        }
    }

    @Test("reads what our own writer writes")
    func ours() throws {
        let translations: JSONObject = [
            "a\"b\\c\n\r\t\u{7}\u{7F}é日🎉": "\\U0041 { } ; = // /* \"", "": "", "'": "'", "{{": "{{x}}",
        ]
        #expect(try StringsFile.read(StringsFile.bytes(translations)).translations == translations)
    }
}
