import JSON
import Testing

@Suite struct JSONErrorTests {
    @Test(
        "says where and what is wrong",
        arguments: [
            ("", "line 1, column 1: the text is empty, expected a value"),
            ("{\n  \"a\": 1,\n}", "line 2, column 9: a comma stands before the closing bracket"),
            ("{\"é\": x}", "line 1, column 7: expected a value, found 'x'"),
            ("[1 2]", "line 1, column 4: expected ',' or ']', found '2'"),
            ("{\"a\" 1}", "line 1, column 6: expected ':' after the key, found '1'"),
            ("{a: 1}", "line 1, column 2: expected a key in double quotation marks, found 'a'"),
            ("{\"a\": 1", "line 1, column 8: expected ',' or '}', found the end of the text"),
            ("['a']", "line 1, column 2: strings stand in double quotation marks"),
            ("[1, // one\n2]", "line 1, column 5: JSON has no comments"),
            ("1 /* one */", "line 1, column 3: JSON has no comments"),
            ("\u{FEFF}{}", "line 1, column 1: the text begins with a byte-order mark"),
            ("[01]", "line 1, column 2: a number does not begin with a zero"),
            ("[+1]", "line 1, column 2: a number does not begin with a plus sign"),
            ("[1.]", "line 1, column 4: a decimal point must be followed by a digit"),
            ("[\n\"a\nb\"]", "line 2, column 3: the control character U+000A must be written as an escape"),
            ("{\"a\":\"b}", "line 1, column 6: the string has no closing quotation mark"),
            ("[\"\\uD83D\"]", "line 1, column 3: the escape is half of a surrogate pair"),
            ("{\"b\":1,\n \"a\":{},\n \"b\":2}", "line 3, column 2: the key 'b' stands twice in the object"),
            ("{\"a\":1,\"a\":2}", "line 1, column 8: the key 'a' stands twice in the object"),
            ("{} {}", "line 1, column 4: expected the end of the text after the value, found '{'"),
            ("[“a”]", "line 1, column 2: expected a value, found U+201C"),
        ])
    func describes(text: String, description: String) throws {
        let error = try #require(throws: JSONError.self) { try JSON.parse(text) }
        #expect(error.description == description)
    }

    @Test("finds the repeated key of an inner object")
    func findsInnerDuplicate() throws {
        let text = #"{"x":[{"k":1,"a":{"z":1,"a":2},"k":{"z":1}}]}"#
        let error = try #require(throws: JSONError.self) { try JSON.parse(text) }
        #expect(error.reason == .duplicateKey("k"))
        #expect(error.offset == 31)
    }

    @Test("shortens a repeated key that is long")
    func shortensKeys() throws {
        let key = String(repeating: "k", count: 100_000)
        let error = try #require(throws: JSONError.self) { try JSON.parse("{\"\(key)\":1,\"\(key)\":2}") }
        #expect(error.description.utf8.count < 200)
        #expect(error.reason == .duplicateKey(key))
    }

    @Test("takes canonically equivalent keys for two keys")
    func keepsEquivalentKeysApart() throws {
        let value = try JSON.parse("{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(value.objectValue?.count == 2)
        #expect(value["\u{e9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{e9}") != .string("e\u{301}"))
    }
}
