import Testing

@testable import PassIssuer

@Suite struct PageTemplateTests {
    @Test("a text is escaped wherever it stands, and what it looks like is not read again")
    func escaping() {
        let page = PageTemplate(#"<a title="{{name}}">{{name}}</a>"#)
        let text = #"<b>"O'Neil" & {{secret}}</b>"#
        let escaped = "&lt;b&gt;&quot;O&#39;Neil&quot; &amp; {{secret}}&lt;/b&gt;"
        #expect(
            page.rendered(["name": .text(text), "secret": .text("no")]).text
                == #"<a title="\#(escaped)">\#(escaped)</a>"#
        )
    }

    @Test("characters that no document may hold become visible")
    func controls() {
        #expect(SafeMarkup(escaping: "a\u{0}b\u{1B}c\u{9B}d\te\n").text == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\te\n")
    }

    @Test("markup of our own stands as it is")
    func markup() {
        #expect(PageTemplate("[{{mark}}]").rendered(["mark": .markup(SafeMarkup(own: "<svg/>"))]).text == "[<svg/>]")
    }

    @Test("a part stands once for each record, sees what is around it, and its absence has a part of its own")
    func parts() {
        let page = PageTemplate(
            "{{#row}}{{title}}{{#cell}}({{value}}{{title}}){{/cell}}{{^cell}}none{{/cell}};{{/row}}")
        let row: (String, [String]) -> PageRecord = { title, cells in
            ["title": .text(title), "cell": .records(cells.map { ["value": .text($0)] })]
        }
        #expect(page.rendered(["row": .records([row("a", ["1", "2"]), row("b", [])])]).text == "a(1a)(2a);bnone;")
        #expect(page.rendered([:]).text == "")
        #expect(page.rendered(["row": .part(nil)]).text == "")
    }

    @Test(
        "tells whether every part that begins ends",
        arguments: [("{{#a}}{{/a}}", true), ("{{#a}}", false), ("{{/a}}b", false), ("{{#a}}{{#b}}{{/a}}{{/b}}", false)])
    func balance(source: String, isBalanced: Bool) {
        #expect(PageTemplate(source).isBalanced == isBalanced)
    }

    @Test("the pages are balanced, and every language has every text that they name")
    func files() {
        let english = Set(PageLanguage.english.texts.keys)
        for template in [LinkPage.template, FaultPage.template] { #expect(template.isBalanced) }
        for language in PageLanguage.allCases {
            #expect(Set(language.texts.keys) == english, "\(language)")
            #expect(language.texts.values.allSatisfy { !$0.isEmpty && !$0.contains("<") })
        }
        for trouble in LinkTrouble.allCases {
            #expect(english.contains(trouble.rawValue + "Title") && english.contains(trouble.rawValue + "Advice"))
        }
        let own: Set = [
            "language", "organization", "icon", "source", "style", "colours", "lead", "pass", "logo", "width", "height",
            "logoText", "text", "header", "field", "label", "value", "strip", "thumbnail", "row", "kind", "apple",
            "google", "address", "mark", "code", "picture", "title", "advice", "errors", "error", "status", "request",
            "id", "number", "together", "repeat",
        ]
        #expect(LinkPage.template.names.union(FaultPage.template.names).subtracting(english).subtracting(own) == [])
    }
}
