import JSON
import Testing

/// Cases in the manner of JSONTestSuite: what a parser of RFC 8259 must accept, and what it must refuse.
@Suite struct JSONAcceptanceTests {
    @Test(
        "accepts what RFC 8259 allows",
        arguments: [
            "[[]   ]", #"[""]"#, "[]", #"["a"]"#, "[false]", "[null, 1, \"1\", {}]", "[null]", "[1\n]", " [1]",
            "[1,null,null,null,2]", "[2] ", "[123e65]", "[0e+1]", "[0e1]", "[ 4]",
            "[-0.0000000000000000000000000000001]",
            "[20e1]", "[-0]", "[-123]", "[-1]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]", "[123.456e78]", "[1e-2]",
            "[1e+2]", "[123]", "[123.456789]", "[1E400]", "[-1e+9999]", "[100000000000000000000]",
            #"{"asd":"sdf", "dfg":"fgh"}"#, #"{"asd":"sdf"}"#, "{}", #"{"":0}"#, #"{"foo\u0000bar": 42}"#,
            #"{ "min": -1.0e+28, "max": 1.0e+28 }"#, #"{"title":"\u041f\u043e\u043b\u0442\u043e\u0440\u0430"}"#,
            "{\"a\": []\n}", #"["\u0060\u012a\u12AB"]"#, #"["\uD801\udc37"]"#, #"["\ud83d\ude39\ud83d\udc8d"]"#,
            #"["\"\\\/\b\f\n\r\t"]"#, #"["\\u0000"]"#, #"["\""]"#, "[\"a/*b*/c/*d//e\"]", #"["\\a"]"#, #"["\\n"]"#,
            #"["\u0012"]"#, #"["\uFFFF"]"#, "[ \"asd\"]", #"["new\u00A0line"]"#, "[\"\u{10FFFF}\"]", "[\"\u{FFFF}\"]",
            #"["\u0000"]"#, "[\"\u{2028}\u{2029}\"]", "[\"\u{7f}\"]", "[\"π\"]", #"["\uDBFF\uDFFF"]"#, "false", "42",
            "-0.1", "null", #""asd""#, "true", #""""#, "[\"a\"]\n", "[true]", " [] ", "\t\r\n1\t\r\n",
        ])
    func accepts(text: String) {
        #expect(throws: Never.self) { try JSON.parse(text) }
    }

    @Test(
        "refuses what RFC 8259 does not allow",
        arguments: [
            "[1 true]", #"["": 1]"#, #"[""],"#, "[,1]", "[1,,2]", #"["x",,]"#, #"["x"]]"#, #"["",]"#, #"["x""#, "[x",
            "[3[4]]", "[1:2]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,]", "[1,,]", "[*]", #"[""#, "[1,",
            "[1,\n1\n,1", "[{}", "[fals]", "[nul]", "[tru]", "[++1234]", "[+1]", "[+Inf]", "[-01]", "[-1.0.]", "[-2.]",
            "[-NaN]", "[.-1]", "[.2e-3]", "[0.1.2]", "[0.3e+]", "[0.3e]", "[0.e1]", "[0E+]", "[0E]", "[0e+]", "[0e]",
            "[1.0e+]", "[1.0e-]", "[1.0e]", "[1 000.0]", "[1eE2]", "[2.e+3]", "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]",
            "[NaN]", "[\u{FF11}]", "[1+2]", "[0x1]", "[0x42]", "[Infinity]", "[0e+-1]", "[-123.123foo]", "[-Infinity]",
            "[-foo]", "[- 1]", "[-012]", "[-.123]", "[-1x]", "[1ea]", "[1.]", "[.123]", "[1.2a-3]",
            "[1.8011670033376514H-308]",
            "[012]", #"["x", truth]"#, #"{[: "x"}"#, #"{"x", null}"#, #"{"x"::"b"}"#, #"{🇨🇭}"#, #"{"a":"a" 123}"#,
            "{key: 'value'}", #"{"a" b}"#, #"{:"b"}"#, #"{"a" "b"}"#, #"{"a":"#, #"{"a""#, "{1:1}",
            "{9999E9999:1}", "{null:null,null:null}", #"{"id":0,,,,,}"#, "{'a':0}", #"{"id":0,}"#, #"{"a":"b"}/**/"#,
            #"{"a":"b"}/**//"#, #"{"a":"b"}//"#, #"{"a":"b"}/"#, #"{"a":"b",,"c":"d"}"#, "{a: \"b\"}", #"{"a":"a"#,
            #"{ "foo" : "bar", "a" }"#, #"{"a":"b"}#"#, " ", #"["\uD800\"]"#, #"["\uD800\u"]"#, #"["\uD800\u1"]"#,
            #"["\uD800\u1x"]"#, "[é]", #"["\ "#, #"["\x00"]"#, #"["\\\"]"#, "[\"\\\t\"]", "[\"\\🌀\"]", #"["\"]"#,
            #"["\u00A"]"#, #"["\uD834\uDd"]"#, #"["\uD800\uD800\x"]"#, #"["\a"]"#, #"["\uqqqq"]"#,
            "[\u{5c}u0020\"asd\"]",
            #"[\n]"#, #"""#, "['single quote']", "abc", #"["\"#, "[\"a\u{0}a\"]", "[\"new\nline\"]", "[\"\t\"]",
            #""\UA66D""#,
            #"""x"#, "[\u{2060}]", "<.>", "[<null>]", "[1]x", #"[a"#, "[True]", "1]", "{\"x\": true,", "[][]", "]",
            "\u{FEFF}{}", "[\u{e5}]", "[", #"{"a": true} "x""#, "2@", "{}}", #"{"":"#, "{\"a\":/*comment*/\"b\"}",
            #"{"a": true} "x""#, "['", #"["a"#, #"[""#, "[,", "[{", "{", "{]", "{,", "{[", #"{"a"#, "{'a'", "{}#",
            #"["\{["\{["\{["\{"#, "*", #"{"a":"b"}#{}"#, #"[\u000A""]"#, "[1", #"{"asd":"asd""#, "[\u{0C}]", "[\u{a0}]",
            "", #"["\uDADA"]"#, #"["\uDd1e\uD834"]"#, #"["\uD888\u1234"]"#, #"["\uDFAA"]"#, #"["\uD800abc"]"#,
            #"{"a":"b","a":"c"}"#, #"{"a":"b","a":"b"}"#, #"[{"a":1,"b":2,"\u0061":3}]"#,
        ])
    func refuses(text: String) {
        #expect(throws: JSONError.self) { try JSON.parse(text) }
    }

    @Test(
        "refuses strings that are not UTF-8, and names the first byte that is wrong",
        arguments: [
            ([0x22, 0xFF, 0x22], 1), ([0x22, 0x61, 0xE9, 0x22], 2), ([0x22, 0xC0, 0xAF, 0x22], 1),
            ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xC3, 0xA9, 0x80, 0x22], 3),
            ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1), ([0x22, 0xE0, 0x80, 0xAF, 0x22], 1),
            ([0x22, 0x5C, 0x6E, 0xFC, 0x80, 0x22], 3), ([0x22, 0xE2, 0x82, 0x5C, 0x6E, 0x22], 1),
        ] as [([UInt8], Int)])
    func refusesInvalidUTF8(bytes: [UInt8], offset: Int) throws {
        let error = try #require(throws: JSONError.self) { try JSON.parse(bytes) }
        #expect(error.reason == .invalidUTF8)
        #expect(error.offset == offset)
    }

    @Test("reads a text of UTF-16 as no JSON")
    func refusesUTF16() {
        #expect(throws: JSONError.self) { try JSON.parse([0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00]) }
        #expect(throws: JSONError.self) { try JSON.parse([0x00, 0x5B, 0x00, 0x22, 0x00, 0xE9]) }
    }

    @Test("nests as deep as allowed and no deeper", arguments: [1, 7, 128])
    func limitsDepth(limit: Int) throws {
        let allowed = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
        #expect(throws: Never.self) { try JSON.parse(allowed, maximumDepth: limit) }
        let error = try #require(throws: JSONError.self) { try JSON.parse("[\(allowed)]", maximumDepth: limit) }
        #expect(error.reason == .tooDeep(limit: limit))
        #expect(error.offset == limit)
    }

    @Test("answers a hundred thousand open brackets with an error")
    func survivesOpenBrackets() {
        #expect(throws: JSONError.self) { try JSON.parse([UInt8](repeating: 0x5B, count: 100_000)) }
        let objects = Array(String(repeating: #"[{"":"#, count: 50_000).utf8)
        #expect(throws: JSONError.self) { try JSON.parse(objects) }
    }
}
