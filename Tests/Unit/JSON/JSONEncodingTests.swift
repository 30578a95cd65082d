import Foundation
import JSON
import Testing

@Suite struct JSONEncodingTests {
    private struct Sample: Codable, Equatable {
        var zebra: Int64
        var apple: String?
        var middle: [UInt16]
        var link: String
        var ratio: Double
        var raw: JSONValue
    }

    private let sample = Sample(
        zebra: .max, apple: nil, middle: [1, 2], link: "https://example.org/a", ratio: 0.25,
        raw: ["b": 1, "a": [.null, true]])

    @Test("encodes compactly, keys sorted, nil left out, slashes as they are")
    func encodes() throws {
        let expected =
            #"{"link":"https://example.org/a","middle":[1,2],"ratio":0.25,"#
            + #""raw":{"a":[null,true],"b":1},"zebra":9223372036854775807}"#
        #expect(String(decoding: try JSON.encode(sample), as: UTF8.self) == expected)
    }

    @Test("keeps a number as written through decoding and encoding")
    func keepsNumbers() throws {
        let text = #"{"amount":[10.50,1E3,0.10000000000000000000000001]}"#
        let value = try JSON.decode([String: JSONValue].self, from: Array(text.utf8))
        #expect(String(decoding: try JSON.encode(value), as: UTF8.self) == text)
        let numbers = try JSON.decode([String: [JSONNumber]].self, from: Array(text.utf8))
        #expect(String(decoding: try JSON.encode(numbers), as: UTF8.self) == text)
    }

    @Test("refuses numbers that are not finite", arguments: [Double.nan, .infinity, -.infinity])
    func refusesInfinity(number: Double) {
        #expect(throws: EncodingError.self) { try JSON.encode([number]) }
    }

    @Test("says of what it can't write where that stands")
    func namesThePlace() {
        let fault = #expect(throws: EncodingError.self) { try JSON.encode(["list": [1, .nan]]) }
        guard case .invalidValue(_, let context)? = fault else {
            Issue.record("another error: \(String(describing: fault))")
            return
        }
        #expect(context.codingPath.map(\.stringValue) == ["list", "1"])
        #expect(context.codingPath.last?.intValue == 1)
    }

    @Test("writes nested containers after their parents were handed out")
    func writesNestedContainers() throws {
        #expect(
            String(decoding: try JSON.encode(Nested()), as: UTF8.self) == #"{"list":[{"x":1},[2]],"object":{"x":3}}"#)
    }

    private struct Nested: Encodable {
        private enum Keys: String, CodingKey { case list, object, x }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            var object = container.nestedContainer(keyedBy: Keys.self, forKey: .object)
            var first = list.nestedContainer(keyedBy: Keys.self)
            var second = list.nestedUnkeyedContainer()
            try object.encode(3, forKey: .x)
            try second.encode(2)
            try first.encode(1, forKey: .x)
        }
    }

    @Test("understands Foundation's coders, and they understand it")
    func agreesWithFoundation() throws {
        let theirs = Array(try JSONEncoder().encode(sample))
        #expect(try JSON.decode(Sample.self, from: theirs) == sample)
        #expect(try JSONDecoder().decode(Sample.self, from: Data(JSON.encode(sample))) == sample)
    }
}
