import Foundation
import JSON
import Testing

@testable import PassIssuer

@Suite struct LanguageFallbackTests {
    private static let body = #"""
        {"pass":{"description":"Card",
                 "storeCard":{"backFields":[{"key":"s","label":"Street","value":"Hello"}]}},
         "localizations":{
            "de":{"Card":"Karte","Street":"Straße","Hello":"Hallo {{contact.firstName}}"},
            "de-CH":{"Street":"Strasse"},
            "zh-Hans":{"Card":"卡片","Street":"街道","Hello":"你好"},
            "zh-Hant":{"Street":"街道名"},
            "zh-Hant-HK":{"Card":"咭"}}}
        """#

    /// The texts of each language in the package of a pass.
    private static func strings(isVerbatim: Bool = false) throws -> [String: JSONValue] {
        let fixture = try PackageFixture(body, isVerbatim: isVerbatim)
        let package = try fixture.package(TokenValues(contact: ["firstName": "Ada"]))
        let files = try PackageFixture.unzip(package)["files"]
        var found: [String: JSONValue] = [:]
        for language in ["de", "de-CH", "zh-Hans", "zh-Hant", "zh-Hant-HK"] {
            let text = try #require(files?["\(language).lproj/pass.strings"]?.stringValue)
            found[language] = try StringsFileTests.read(Array(#require(Data(base64Encoded: text))))
        }
        return found
    }

    @Test("a package holds for a region what the region lacks and the language has, with the pass's own values")
    func regions() throws {
        let strings = try Self.strings()
        #expect(strings["de"] == ["Card": "Karte", "Street": "Straße", "Hello": "Hallo Ada"])
        #expect(strings["de-CH"] == ["Card": "Karte", "Street": "Strasse", "Hello": "Hallo Ada"])
    }

    @Test("a package completes a region from its own script, and a script from no other")
    func scripts() throws {
        let strings = try Self.strings()
        #expect(strings["zh-Hans"] == ["Card": "卡片", "Street": "街道", "Hello": "你好"])
        #expect(strings["zh-Hant"] == ["Street": "街道名"])
        #expect(strings["zh-Hant-HK"] == ["Card": "咭", "Street": "街道名"])
    }

    @Test("the package of an imported campaign holds the translations as they came")
    func verbatim() throws {
        let strings = try Self.strings(isVerbatim: true)
        #expect(strings["de"] == ["Card": "Karte", "Street": "Straße", "Hello": "Hallo Ada"])
        #expect(strings["de-CH"] == ["Street": "Strasse"])
        #expect(strings["zh-Hant-HK"] == ["Card": "咭"])
    }

    @Test(
        "finds the nearest language that stands in, however it is written, and never another script",
        arguments: [
            ("pt-BR", ["pt"], "pt"), ("de_CH", ["fr", "DE"], "DE"), ("de-CH-1901", ["de", "de-CH"], "de-CH"),
            ("zh-Hant-HK", ["zh", "zh-Hans", "zh-Hant"], "zh-Hant"), ("zh-Hant-HK", ["zh", "zh-Hans"], nil),
            ("zh-Hant", ["zh", "zh-Hans"], nil), ("de-CH", ["de-CH", "de-AT", "fr"], nil), ("de", ["de-CH"], nil),
        ] as [(String, [String], String?)])
    func parents(language: String, others: [String], parent: String?) {
        #expect(LanguageFallback.parent(of: language, among: others) == parent)
    }

    @Test("what stands in for others is complete before it does")
    func chains() {
        let completed = LanguageFallback.completed([
            "de-CH-1901": ["c": "3"], "de-CH": ["b": "2", "c": "2"], "de": ["a": "1", "b": "1", "c": "1"],
        ])
        #expect(completed["de-CH"] == ["a": "1", "b": "2", "c": "2"])
        #expect(completed["de-CH-1901"] == ["a": "1", "b": "2", "c": "3"])
    }
}
