import Testing

@testable import PassIssuer

@Suite struct AcceptedLanguagesTests {
    @Test(
        "a page speaks the first language of its reader that it knows",
        arguments: [
            (nil, PageLanguage.english), ("", .english), ("de", .german), ("DE-at", .german),
            ("ja, fr;q=0.5, it;q=0.8", .italian), ("en;q=0.1, es;q=0.1", .english), ("es;q=0, en", .english),
            ("pt-BR,*;q=0.5", .english), ("ar-EG,ar;q=0.9,en;q=0.8", .arabic), ("de;q=1.5, fr", .french),
            ("<script>, it", .italian), ("de ; q = 0.9 , fr;q=0.8", .german), ("fra", .english),
        ])
    func page(header: String?, language: PageLanguage) {
        #expect(PageLanguage(for: AcceptedLanguages(header: header)) == language)
    }

    @Test(
        "a pass speaks the nearest of its own languages",
        arguments: [
            ("de-CH,de;q=0.9", ["de", "fr"], "de"), ("pt", ["pt-BR", "pt-PT"], "pt-BR"),
            ("zh-hant-hk", ["zh-Hans", "zh-Hant-HK"], "zh-Hant-HK"), ("en_GB", ["en_GB"], nil),
            ("en-gb", ["en_GB"], "en_GB"), ("ja", ["de"], nil),
        ])
    func pass(header: String, languages: [String], best: String?) {
        #expect(AcceptedLanguages(header: header).best(of: languages) == best)
    }

    @Test("a header of a thousand languages costs no more than a short one")
    func long() {
        let header = (0..<1_000).map { "x\($0)" }.joined(separator: ",") + ",de"
        #expect(AcceptedLanguages(header: header).tags.count == 20)
    }
}
