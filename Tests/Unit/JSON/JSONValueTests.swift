import JSON
import Testing

@Suite struct JSONValueTests {
    private let value: JSONValue = [
        "name": "Ada", "count": 3, "ratio": 0.5, "ok": true, "none": .null, "list": [1, "two"],
        "inner": ["a": ["b": 7]],
    ]

    @Test("gives its parts by kind")
    func givesParts() {
        #expect(value["name"]?.stringValue == "Ada")
        #expect(value["count"]?.intValue == 3)
        #expect(value["ratio"]?.doubleValue == 0.5)
        #expect(value["ok"]?.boolValue == true)
        #expect(value["none"]?.isNull == true)
        #expect(value["list"]?[1] == "two")
        #expect(value["list"]?[2] == nil)
        #expect(value["absent"] == nil)
        #expect(value["name"]?.intValue == nil)
        #expect(value["name"]?["x"] == nil)
    }

    @Test("serialises compactly with keys in byte order and slashes as they are")
    func serialises() throws {
        let text = #"{"list":[1,"two"],"inner":{"a":{"b":7}},"name":"a/b","count":3,"Z":{},"é":[],"e":null}"#
        let expected = #"{"Z":{},"count":3,"e":null,"inner":{"a":{"b":7}},"list":[1,"two"],"name":"a/b","é":[]}"#
        #expect(String(decoding: try JSON.parse(text).serialized(), as: UTF8.self) == expected)
    }

    @Test("serialises for people")
    func serialisesPretty() throws {
        let expected = """
            {
              "a": [
                1,
                {
                  "b": []
                }
              ],
              "c": {}
            }

            """
        #expect(
            String(decoding: try JSON.parse(#"{"c":{},"a":[1,{"b":[]}]}"#).serializedPretty(), as: UTF8.self)
                == expected)
    }

    @Test("escapes what RFC 8259 section 7 requires and nothing else")
    func escapes() {
        let value: JSONValue = "\u{0}\u{1}\u{8}\t\n\u{b}\u{c}\r\u{1f} \"\\/\u{7f}é\u{2028}😀"
        let expected = "\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\u{7f}é\u{2028}😀\""
        #expect(value.description == expected)
    }

    @Test("keeps an object's keys unique and in order through changes")
    func changesObjects() {
        var object: JSONObject = ["b": 1, "a": 2, "b": 3]
        #expect(object.keys == ["a", "b"])
        #expect(object["b"] == 3)
        object["aa"] = 4
        object["c"] = 5
        object["A"] = 6
        #expect(object.keys == ["A", "a", "aa", "b", "c"])
        object["aa"] = nil
        object["zz"] = nil
        #expect(object.removeValue(forKey: "a") == 2)
        #expect(object.map(\.key) == ["A", "b", "c"])
        #expect(object.mapValues { _ in true } == ["A": true, "b": true, "c": true])
    }

    @Test("objects are equal whatever the order they were written in")
    func equatesObjects() throws {
        let left = try JSON.parse(#"{"a":1,"b":[true]}"#)
        let right = try JSON.parse(#"{"b":[true],"a":1}"#)
        #expect(left == right)
        #expect(Set([left, right]).count == 1)
        #expect(try left != JSON.parse(#"{"a":1.0,"b":[true]}"#))
    }
}
