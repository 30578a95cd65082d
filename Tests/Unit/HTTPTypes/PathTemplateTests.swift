import HTTPTypes
import Testing

@Suite struct PathTemplateTests {
    @Test("finds the texts in its places")
    func matches() {
        let template: PathTemplate = "/v1/passes/{type}/{serial}"
        #expect(template.parameterNames == ["type", "serial"])
        let parameters = template.match(["v1", "passes", "a/b", "ä"])
        #expect(parameters?["type"] == "a/b")
        #expect(parameters?["serial"] == "ä")
        #expect(parameters?["other"] == nil)
        #expect(template.match(["v1", "passes", "a"]) == nil)
        #expect(template.match(["v1", "passes", "a", ""]) == nil)
        #expect(template.match(["v1", "Passes", "a", "b"]) == nil)
        #expect(template.match(["v1", "passes", "a", "b", "c"]) == nil)
    }

    @Test(
        "finds a text between a prefix and a suffix",
        arguments: [
            ("abc.png", "abc"), ("a.png.png", "a.png"), (".png", nil), ("abc.jpg", nil),
        ] as [(String, String?)])
    func matchesSuffix(segment: String, value: String?) {
        let template: PathTemplate = "/images/{sha256}.png"
        #expect(template.match(["images", segment])?["sha256"] == value)
    }

    @Test(
        "encodes each value as one segment",
        arguments: [
            ("a/b", "/p/a%2Fb/end"), ("ä %", "/p/%C3%A4%20%25/end"), ("..", "/p/%2E%2E/end"),
            ("A-z0._~", "/p/A-z0._~/end"),
            ("?#", "/p/%3F%23/end"),
        ])
    func expands(value: String, path: String) throws {
        let template: PathTemplate = "/p/{value}/end"
        let expanded = try #require(template.expand(["value": value]))
        #expect(expanded == path)
        #expect(PercentEncoding.segments(ofPath: expanded).flatMap(template.match)?["value"] == value)
    }

    @Test("does not expand with a value missing or empty")
    func refusesMissingValues() {
        let template: PathTemplate = "/p/{value}"
        #expect(template.expand() == nil)
        #expect(template.expand(["value": ""]) == nil)
        #expect(template.expand(["other": "x"]) == nil)
    }

    @Test(
        "splits a raw path at its slashes",
        arguments: [
            ("/", [""]), ("/a", ["a"]), ("/a/", ["a", ""]), ("//a", ["", "a"]), ("/a%2Fb/c", ["a/b", "c"]),
            ("a", nil), ("", nil), ("/%", nil), ("/%C0%AF", nil), ("/%00", nil), ("/%F0%9F%8D%8E", ["🍎"]),
        ] as [(String, [String]?)])
    func splits(path: String, segments: [String]?) {
        #expect(PercentEncoding.segments(ofPath: path) == segments)
    }
}
