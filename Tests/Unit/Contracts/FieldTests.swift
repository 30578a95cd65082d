import Contracts
import JSON
import Testing

@Suite struct FieldTests {
    private struct Body: Codable, Equatable {
        var name: Field<String>
        var parts: Field<[Int]>
    }

    @Test(
        "tells absent, null and a value apart, in both directions",
        arguments: [
            (#"{}"#, .absent, .absent), (#"{"name":null}"#, .null, .absent), (#"{"parts":null}"#, .absent, .null),
            (#"{"name":"","parts":[1]}"#, .value(""), .value([1])),
        ] as [(String, Field<String>, Field<[Int]>)])
    func tellsApart(text: String, name: Field<String>, parts: Field<[Int]>) throws {
        let body = try JSON.decode(Body.self, from: Array(text.utf8), unknownKeys: .refused)
        #expect(body == Body(name: name, parts: parts))
        #expect(String(decoding: try JSON.encode(body), as: UTF8.self) == text)
    }

    @Test("names the place of a value of another kind")
    func namesPlace() throws {
        let failure = try #require(throws: JSONDecodingFailure.self) {
            try JSON.decode(Body.self, from: ["parts": ["x"]])
        }
        #expect(failure.description == "/parts/0: expected a whole number, found a string")
    }

    @Test("gives what it holds")
    func givesValue() {
        #expect(Field.value(3).value == 3)
        #expect(Field<Int>.null.value == nil)
        #expect(Field<Int>.null.isNull)
        #expect(Field<Int>.null.isPresent)
        #expect(!Field<Int>.absent.isPresent)
    }
}
