import HTTPTypes
import Testing

@Suite struct HTTPHeadersTests {
    @Test("finds a field by its name in any case")
    func ignoresCase() {
        var headers: HTTPHeaders = ["Content-Type": "text/plain"]
        #expect(headers["content-TYPE"] == "text/plain")
        headers["CONTENT-TYPE"] = "text/html"
        #expect(headers.count == 1)
        #expect(headers["Content-Type"] == "text/html")
        headers["content-type"] = nil
        #expect(headers.isEmpty)
        // [ and { differ by the same bit as upper and lower case.
        #expect(HTTPHeaders(dictionaryLiteral: ("X[", "a"))["x{"] == nil)
    }

    @Test("keeps the order of fields and all values of a name")
    func keepsOrder() {
        var headers = HTTPHeaders()
        headers.add("A", "1")
        headers.add("B", "2")
        headers.add("a", "3")
        #expect(headers.map(\.value) == ["1", "2", "3"])
        #expect(headers.values(for: "A") == ["1", "3"])
        #expect(headers["A"] == "1")
    }

    @Test(
        "lets no value end a header",
        arguments: [
            ("a\r\nSet-Cookie: x", "a  Set-Cookie: x"), ("a\nb", "a b"), ("\u{0}", ""), (" \t padded \t", "padded"),
        ])
    func neutralisesLineBreaks(value: String, expected: String) {
        let headers: HTTPHeaders = ["X": value]
        #expect(headers["X"].map { Array($0.utf8) } == Array(expected.utf8))
    }
}
