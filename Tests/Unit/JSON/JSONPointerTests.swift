import JSON
import Testing

@Suite struct JSONPointerTests {
    /// The document of RFC 6901 §5.
    private static let document = #"""
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}
        """#

    @Test(
        "leads where RFC 6901 section 5 says",
        arguments: [
            ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3), ("/g|h", 4),
            (#"/i\j"#, 5), (#"/k"l"#, 6), ("/ ", 7), ("/m~0n", 8),
        ] as [(String, JSONValue)])
    func leads(text: String, expected: JSONValue) throws {
        let document = try JSON.parse(Self.document)
        let pointer = try #require(JSONPointer(text))
        #expect(document.value(at: pointer) == expected)
        #expect(pointer.description == text)
    }

    @Test("the empty pointer is the whole document")
    func leadsToRoot() throws {
        let document = try JSON.parse(Self.document)
        #expect(document.value(at: .root) == document)
        #expect(JSONPointer("") == .root)
        #expect(JSONPointer.root.description.isEmpty)
    }

    @Test(
        "leads nowhere when there is no such value",
        arguments: [
            "/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/", "/bar", "/foo/0/x", "/foo/-1",
            "/foo/99999999999999999999",
        ])
    func leadsNowhere(text: String) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(try JSON.parse(Self.document).value(at: pointer) == nil)
    }

    @Test("refuses text that is no pointer", arguments: ["foo", "/~", "/~2", "/a~", "#/foo", " /a"])
    func refuses(text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test("unescapes ~01 to ~1")
    func unescapesInOrder() {
        #expect(JSONPointer("/~01")?.tokens == ["~1"])
        #expect(JSONPointer.root.appending("~1").appending(3).appending("a/b").description == "/~01/3/a~1b")
    }
}
