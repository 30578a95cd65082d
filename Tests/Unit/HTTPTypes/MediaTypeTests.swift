import HTTPTypes
import Testing

@Suite struct MediaTypeTests {
    @Test("reads type, subtype and parameters")
    func reads() {
        let type = MediaType("Multipart/Form-Data ; Boundary=\"a;b\\\"c\" ;charset=UTF-8")
        #expect(type?.description == "multipart/form-data")
        #expect(type?.parameters == ["boundary": "a;b\"c", "charset": "UTF-8"])
        #expect(type?.isUTF8 == true)
    }

    @Test("refuses what is no media type", arguments: ["", "json", "a/b/c", "/json", "application/", "a b/c", ";"])
    func refuses(text: String) {
        #expect(MediaType(text) == nil)
    }

    @Test(
        "tells JSON by its name or suffix",
        arguments: [
            ("application/json", true), ("application/problem+json", true), ("application/merge-patch+json; x=y", true),
            ("text/json", false), ("application/x-ndjson", false), ("application/jsonp", false),
        ])
    func tellsJSON(text: String, isJSON: Bool) {
        #expect(MediaType(text)?.isJSON == isJSON)
    }

    @Test(
        "prefers HTML only when text/html is named and liked better than JSON",
        arguments: [
            (nil, false), ("*/*", false), ("text/html", true), ("application/json", false), ("text/*", false),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", true),
            ("application/json, text/html;q=0.9", false), ("application/json;q=0.5, text/html;q=0.9", true),
            ("text/html;q=0", false), ("application/problem+json, text/html", false), ("text/html;q=2", true),
        ] as [(String?, Bool)])
    func prefersHTML(accept: String?, expected: Bool) {
        #expect(MediaType.prefersHTML(accept: accept) == expected)
    }
}
