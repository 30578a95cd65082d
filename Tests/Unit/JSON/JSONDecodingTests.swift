import JSON
import Testing

@Suite struct JSONDecodingTests {
    private struct Order: Codable, Equatable {
        var id: String
        var quantity: UInt8
        var price: Double?
        var lines: [Line]
        var labels: [String: String]?
        var raw: JSONValue?
    }

    private struct Line: Codable, Equatable {
        var name: String
        var isGift: Bool
    }

    private func faults(_ text: String, unknownKeys: UnknownKeys = .refused) throws -> [String] {
        let failure = try #require(throws: JSONDecodingFailure.self) {
            try JSON.decode(Order.self, from: Array(text.utf8), unknownKeys: unknownKeys)
        }
        return failure.faults.map { "\($0.pointer): \($0.detail)" }
    }

    @Test("decodes nested types, optionals, dictionaries and values as written")
    func decodes() throws {
        let text =
            #"{"id":"o","quantity":2e0,"lines":[{"name":"n","isGift":true}],"labels":{"a":"b"},"raw":{"x":1.50}}"#
        let order = try JSON.decode(Order.self, from: Array(text.utf8), unknownKeys: .refused)
        let expected = Order(
            id: "o", quantity: 2, price: nil, lines: [Line(name: "n", isGift: true)], labels: ["a": "b"],
            raw: .object(["x": .number(try #require(JSONNumber(text: "1.50")))]))
        #expect(order == expected)
    }

    @Test(
        "says in words what is wrong, and where",
        arguments: [
            (#"{"id":7,"quantity":1,"lines":[]}"#, "/id: expected a string, found a number"),
            (#"{"id":null,"quantity":1,"lines":[]}"#, "/id: expected a string, found null"),
            (#"{"quantity":1,"lines":[]}"#, "/id: a required key is missing"),
            (#"{"id":"o","quantity":"1","lines":[]}"#, "/quantity: expected a whole number, found a string"),
            (#"{"id":"o","quantity":1.5,"lines":[]}"#, "/quantity: expected a whole number, found 1.5"),
            (#"{"id":"o","quantity":256,"lines":[]}"#, "/quantity: the number is outside 0…255"),
            (#"{"id":"o","quantity":-1,"lines":[]}"#, "/quantity: the number is outside 0…255"),
            (#"{"id":"o","quantity":1,"price":true,"lines":[]}"#, "/price: expected a number, found a boolean"),
            (#"{"id":"o","quantity":1,"price":1e999,"lines":[]}"#, "/price: the number is too large"),
            (#"{"id":"o","quantity":1,"lines":{}}"#, "/lines: expected an array, found an object"),
            (#"{"id":"o","quantity":1,"lines":[[]]}"#, "/lines/0: expected an object, found an array"),
            (
                #"{"id":"o","quantity":1,"lines":[{"name":"n","isGift":true},{"name":"n","isGift":1}]}"#,
                "/lines/1/isGift: expected a boolean, found a number"
            ),
            (#"{"id":"o","quantity":1,"lines":[{"isGift":true}]}"#, "/lines/0/name: a required key is missing"),
            (
                #"{"id":"o","quantity":1,"lines":[],"labels":{"a/b":1}}"#,
                "/labels/a~1b: expected a string, found a number"
            ),
            ("[]", ": expected an object, found an array"),
        ])
    func explains(text: String, fault: String) throws {
        #expect(try faults(text) == [fault])
    }

    @Test("reports every unknown key at once, in nested types too")
    func reportsUnknownKeys() throws {
        let text = """
            {"id":"o","quantity":1,"lines":[{"name":"n","isGift":true,"colour":1},{"name":"n","isGift":true,"size":1}],
             "labels":{"any":"key"},"raw":{"any":"key"},"Id":1,"price ":2}
            """
        let expected = [
            "/Id: unknown key", "/price : unknown key", "/lines/0/colour: unknown key", "/lines/1/size: unknown key",
        ]
        #expect(try faults(text) == expected)
    }

    @Test("ignores unknown keys when told so")
    func ignoresUnknownKeys() throws {
        let text = #"{"id":"o","quantity":1,"lines":[{"name":"n","isGift":true,"colour":1}],"x":1}"#
        #expect(throws: Never.self) { try JSON.decode(Order.self, from: Array(text.utf8)) }
    }

    @Test("reports unknown keys beside a fault of type")
    func reportsBoth() throws {
        let text = #"{"id":7,"quantity":1,"lines":[],"x":1}"#
        #expect(try faults(text) == ["/x: unknown key", "/id: expected a string, found a number"])
    }

    @Test("begins pointers where the value stands")
    func beginsPointers() throws {
        let failure = try #require(throws: JSONDecodingFailure.self) {
            try JSON.decode(
                Line.self, from: ["name": 1, "x": 2], unknownKeys: .refused,
                at: .root.appending("requests").appending(3))
        }
        #expect(failure.faults.map(\.pointer.description) == ["/requests/3/x", "/requests/3/name"])
    }

    @Test("throws an error of syntax for what is no JSON")
    func throwsSyntaxErrors() {
        #expect(throws: JSONError.self) { try JSON.decode(Order.self, from: Array("{".utf8)) }
    }

    @Test("takes the words of a type that refuses its value")
    func takesWords() throws {
        let failure = try #require(throws: JSONDecodingFailure.self) {
            try JSON.decode([String: JSONPointer].self, from: ["p": "x"])
        }
        #expect(failure.faults == [.init(pointer: .root.appending("p"), detail: "expected a JSON Pointer")])
    }

    @Test("passes on an error of the type's own, alone or among others")
    func passesOnErrors() {
        struct OwnError: Error {}
        struct Failing: Decodable {
            init(from decoder: any Decoder) throws { throw OwnError() }
        }
        struct Collecting: Decodable {
            init(from decoder: any Decoder) throws {
                var faults = FaultCollector()
                _ = faults.collect { try String(from: decoder) }
                _ = faults.collect { try Failing(from: decoder) }
                throw faults.failure
            }
        }
        #expect(throws: OwnError.self) { try JSON.decode(Failing.self, from: [:]) }
        #expect(throws: OwnError.self) { try JSON.decode(Collecting.self, from: [:]) }
    }

    @Test("decodes enumerations, nested optionals and arrays of nulls")
    func decodesOtherShapes() throws {
        enum Colour: String, Codable { case red, green }
        #expect(try JSON.decode([Colour].self, from: ["red", "green"]) == [.red, .green])
        #expect(try JSON.decode([Int?].self, from: [1, .null, 3] as JSONValue) == [1, nil, 3])
        #expect(try JSON.decode([[Int]].self, from: [[1], [], [2, 3]]) == [[1], [], [2, 3]])
        let failure = try #require(throws: JSONDecodingFailure.self) { try JSON.decode([Colour].self, from: ["blue"]) }
        #expect(failure.faults.map(\.pointer.description) == ["/0"])
    }

    @Test("decodes subclasses through their superclass")
    func decodesSubclasses() throws {
        let value: JSONValue = ["own": 2, "super": ["base": 1]]
        let result = try JSON.decode(Derived.self, from: value)
        #expect(result.base == 1)
        #expect(result.own == 2)
        #expect(try JSON.encodeToValue(result) == value)
    }

    private class Base: Codable {
        var base = 0
    }

    private final class Derived: Base {
        var own = 0

        private enum CodingKeys: String, CodingKey { case own }

        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            own = try container.decode(Int.self, forKey: .own)
            try super.init(from: container.superDecoder())
        }

        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(own, forKey: .own)
            try super.encode(to: container.superEncoder())
        }
    }
}
