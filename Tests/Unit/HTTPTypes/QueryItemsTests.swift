import HTTPTypes
import Testing

@Suite struct QueryItemsTests {
    @Test(
        "decodes as browsers encode",
        arguments: [
            ("a=1&b=2", "a", "1"), ("a=x+y", "a", "x y"), ("a=x%2By", "a", "x+y"), ("%61=1", "a", "1"), ("a", "a", ""),
            ("a=", "a", ""), ("a=b=c", "a", "b=c"), ("&&a=1&", "a", "1"), ("a=%C3%A4", "a", "ä"),
            ("a=%zz%4", "a", "%zz%4"),
            ("a=1&a=2", "a", "1"), ("b=1", "a", nil), ("", "a", nil),
        ] as [(String, String, String?)])
    func decodes(query: String, name: String, value: String?) {
        #expect(QueryItems(query).first(name) == value)
    }

    @Test("encodes what it decodes again")
    func encodes() {
        let items = QueryItems([("a b", "x&y=z"), ("ä", "+%")])
        #expect(items.encoded == "a%20b=x%26y%3Dz&%C3%A4=%2B%25")
        #expect(QueryItems(items.encoded).first("a b") == "x&y=z")
        #expect(QueryItems(items.encoded).first("ä") == "+%")
    }
}
