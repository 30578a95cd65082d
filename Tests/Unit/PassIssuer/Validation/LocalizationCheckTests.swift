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
                "de": ["Card": "Karte", "Points": "Punkte", "Now %@": "Jetzt %@"],
                "de-CH": ["Points": "Pünktli"], "zh-Hans": ["Card": "{{contact.card}}", "Points": "分", "Now %@": "%@"],
            ])
            .isEmpty)
    }

    @Test("warns of texts without translation, in each language, unless a wider language has them")
    func missing() {
        let faults = LocalizationCheck.faults(
            of: ["de": ["Card": "Karte", "Points": "Punkte"], "de_AT": [:], "fr": ["Hi": "Salut"], "zh-Hant": [:]],
            for: [
                "description": "Card", "logoText": "Acme", "userInfo": ["label": "Not shown"],
                "storeCard": [
                    "backFields": [["key": "a", "label": "Points", "value": "Hi", "changeMessage": "Now %@"]]
                ],
            ])
        #expect(
            faults.map(\.description)
                == [
                    #"/localizations/de: 2 texts have no translation: "Now %@", "Hi"."#,
                    #"/localizations/de_AT: 2 texts have no translation: "Now %@", "Hi"."#,
                    #"/localizations/fr: 3 texts have no translation: "Card", "Now %@", "Points"."#,
                    #"/localizations/zh-Hant: 4 texts have no translation: "Card", "Now %@", "Points", "Hi"."#,
                ].map { $0 + " Translate them, or repeat a text as its own translation." })
        #expect(faults.allSatisfy { $0.severity == .warning && $0.effect == .showsUntranslated })
    }

    @Test("refuses what is no translation")
    func bad() {
        let faults = faults([
            "d": ["Points": "P"], "../x": [:], "fr": "x", "it": ["Points": 5], "nl": ["Now %@": "Nu"],
            "es": ["Card": .null],
        ])
        #expect(
            faults.filter { $0.1 == .error }.map(\.0) == [
                "/localizations/..~1x", "/localizations/d", "/localizations/es/Card", "/localizations/fr",
                "/localizations/it/Points", "/localizations/nl/Now %@",
            ])
    }

    @Test("warns of a translation that is never used")
    func unused() {
        let faults = faults(["de": ["points": "Punkte"]])
        #expect(faults.map(\.0) == ["/localizations/de/points", "/localizations/de"])
        #expect(faults.allSatisfy { $0.1 == .warning })
    }
}
