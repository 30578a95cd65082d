import JSON
import Testing

@testable import PassIssuer

@Suite struct LocalizationCheckTests {
    private let pass: JSONValue = [
        "description": "Card",
        "storeCard": [
            "backFields": [["key": "a", "label": "Points", "value": "Hi {{contact.x}}", "changeMessage": "Now %@"]]
        ],
    ]

    private func faults(_ localizations: JSONObject) -> [(String, PassFault.Severity)] {
        LocalizationCheck.faults(of: localizations, for: pass).map { ($0.pointer.description, $0.severity) }
    }

    @Test("finds nothing wrong with translations of what the pass holds")
    func good() {
        #expect(
            faults([
                "de": ["Points": "Punkte", "Now %@": "Jetzt %@"], "zh-Hans": ["Card": "{{contact.card}}"], "pt_BR": [:],
            ])
            .isEmpty)
    }

    @Test("refuses what is no translation")
    func bad() {
        let faults = faults([
            "d": ["Points": "P"], "../x": [:], "fr": "x", "it": ["Points": 5], "nl": ["Now %@": "Nu"],
            "es": ["Card": .null],
        ])
        #expect(
            faults.map(\.0) == [
                "/localizations/..~1x", "/localizations/d", "/localizations/es/Card", "/localizations/fr",
                "/localizations/it/Points", "/localizations/nl/Now %@",
            ])
        #expect(faults.allSatisfy { $0.1 == .error })
    }

    @Test("warns of a translation that is never used")
    func unused() {
        let faults = faults(["de": ["points": "Punkte"]])
        #expect(faults.map(\.0) == ["/localizations/de/points"])
        #expect(faults.allSatisfy { $0.1 == .warning })
    }
}
