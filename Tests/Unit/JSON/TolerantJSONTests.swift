import Foundation
import JSON
import Testing

@Suite struct TolerantJSONTests {
    private func read(_ text: String) throws -> TolerantJSON { try TolerantJSON(parsing: Array(text.utf8)) }

    @Test("reads strict JSON as the strict reader does, with nothing to repair")
    func strict() throws {
        let text = #"{"b":[1,2.50,-0,1E5,{}],"a":{"x":null,"y":"http://x/*y*/"},"c":"//","d":[]}"#
        let read = try read(text)
        #expect(read.value == (try JSON.parse(text)))
        #expect(read.repairs.isEmpty)
    }

    @Test(
        "reads what people write, and says where it stood",
        arguments: [
            ("\u{FEFF}{\"a\":1}", #"{"a":1}"#, ["line 1, column 1: the text begins with a byte-order mark"]),
            ("[1,2,]", "[1,2]", ["line 1, column 5: a comma stands before the closing bracket"]),
            ("{\"a\":1,\n}", #"{"a":1}"#, ["line 1, column 7: a comma stands before the closing bracket"]),
            ("// head\n{\"a\":1}", #"{"a":1}"#, ["line 1, column 1: JSON has no comments"]),
            ("{\"a\"/**/:/*x*/1/* * / */}//end", #"{"a":1}"#, Array(repeating: "no comments", count: 4)),
            ("[/*only*/]", "[]", ["line 1, column 2: JSON has no comments"]),
            (#"{"a":1,"b":2,"a":{"c":3}}"#, #"{"a":{"c":3},"b":2}"#, ["line 1, column 14: the key 'a' stands twice"]),
            ("[{\"a\":1,\"a\":2,},]", #"[{"a":2}]"#, ["'a' stands twice", "comma", "comma"]),
        ])
    func repairs(text: String, content: String, repairs: [String]) throws {
        let read = try read(text)
        #expect(read.value == (try JSON.parse(content)))
        #expect(read.repairs.count == repairs.count)
        for (repair, wanted) in zip(read.repairs, repairs) { #expect("\(repair)".contains(wanted)) }
        #expect(throws: JSONError.self) { try JSON.parse(text) }
    }

    @Test(
        "refuses what would have to be guessed",
        arguments: [
            "", "{", "[1,,2]", "[,]", "{,}", "{\"a\"}", "'a'", "{a:1}", "[1 2]", "/* open", "[1]/* open", "[01]",
            "[NaN]",
            "[1]]", "[\"\u{1}\"]", "{\"a\":1}{\"b\":2}", "\u{FEFF}", "/",
        ])
    func refuses(text: String) {
        #expect(throws: JSONError.self) { try read(text) }
    }

    @Test("tells the first hundred repairs of a text that has thousands, in no time")
    func many() throws {
        let text = "[" + String(repeating: #"{"a":1,"a":2},"#, count: 20_000) + "]"
        let read = try read(text)
        #expect(read.repairs.count == 100)
        #expect(read.value.arrayValue?.count == 20_000)
        let nested = String(repeating: #"{"a":1,"a":"#, count: 100) + "1" + String(repeating: "}", count: 100)
        #expect(try self.read(nested).repairs.count == 100)
        #expect(throws: JSONError.self) { try self.read(String(repeating: "[", count: 1_000_000)) }
    }

    @Test("tells keys apart by their bytes, not by how they look")
    func bytes() throws {
        let read = try read("{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(read.value.objectValue?.count == 2)
        #expect(read.repairs.isEmpty)
    }
}
