import JSON
import Support
import Testing

extension EndToEndTests {
    /// What Google's reference of ClassTemplateInfo says that a card shows, and where.
    @Suite("The console's preview of a pass in Google Wallet", .sharedPlatform) struct ConsoleGoogleLayoutTests {
        /// Items by the names that their texts have.
        static func item(_ paths: String..., second: String? = nil) -> JSONValue {
            var item: JSONObject = ["firstValue": selector(paths)]
            item["secondValue"] = second.map { selector([$0]) }
            return .object(item)
        }

        static func selector(_ paths: [String]) -> JSONValue {
            ["fields": .array(paths.map { ["fieldPath": .string($0)] })]
        }

        static func module(_ id: String) -> String { "object.textModulesData['\(id)']" }

        /// Draws a class and an object with the console's own module, and looks at the card.
        static func draw(
            _ template: JSONObject, class kind: JSONObject = [:], object: JSONObject = [:], language: String = "en",
            in browser: Browser, _ look: String
        ) async throws -> JSONValue {
            let modules = ["a", "b", "c", "d", "e", "f"].map { id -> JSONValue in
                ["id": .string(id), "header": .string("label \(id)"), "body": .string("value \(id)")]
            }
            var shown = object
            shown["textModulesData"] = .array(modules)
            shown["barcode"] = ["type": "QR_CODE", "value": "1"]
            var ours = kind
            ours["classTemplateInfo"] = .object(template)
            ours["issuerName"] = "Issuer"
            if kind.isEmpty { ours["programName"] = "Program" }
            ours["dateTime"] = ["start": "2018-12-14T13:00:00+09:00"]
            ours["heroImage"] = Self.image
            let answer: JSONValue = ["class": .object(ours), "object": .object(shown)]
            return try await browser.evaluate(
                """
                return import("/console/assets/wallet/google.js").then(({ google }) => {
                    const drawn = google(\(String(decoding: answer.serialized(), as: UTF8.self)),
                        () => "/console/assets/icon.svg", "\(language)");
                    document.body.prepend(drawn);
                    const card = drawn.querySelector(".gw-card");
                    const box = (element) => element.getBoundingClientRect();
                    \(look)
                });
                """)
        }

        static let image: JSONValue = [
            "sourceUri": ["uri": .string("https://x.example/images/\(String(repeating: "0a", count: 32)).png")]
        ]

        @Test("draws the first three rows of the template, from one to three items in each, in their order")
        func rows() async throws {
            let rows: JSONValue = [
                ["oneItem": ["item": Self.item(Self.module("a"))]],
                ["twoItems": ["startItem": Self.item(Self.module("b")), "endItem": Self.item(Self.module("c"))]],
                [
                    "threeItems": [
                        "startItem": Self.item(Self.module("d")), "middleItem": Self.item(Self.module("e")),
                        "endItem": Self.item(Self.module("f")),
                    ]
                ],
                ["oneItem": ["item": Self.item("class.programName")]],
            ]
            try await WalletPlatform.shared().visitConsole { browser, _ in
                let drawn = try await Self.draw(
                    ["cardTemplateOverride": ["cardRowTemplateInfos": rows]], in: browser,
                    """
                    const rows = [...card.querySelectorAll('.gw-row')];
                    const order = ['.gw-head', '.gw-title', '.gw-row', '.gw-code', '.gw-hero']
                        .map((part) => box(card.querySelector(part)).top);
                    return {
                        rows: rows.map((row) => [...row.children].map((item) =>
                            [...item.children].sort((one, other) => box(one).top - box(other).top)
                                .map((text) => text.textContent).join(': '))),
                        isDownwards: [...rows.map((row) => box(row).top)].every((top, place, all) => !place || top > all[place - 1])
                            && order.every((top, place) => !place || top > order[place - 1]),
                    };
                    """)
                #expect(
                    drawn["rows"] == [
                        ["label a: value a"], ["label b: value b", "label c: value c"],
                        ["label d: value d", "label e: value e", "label f: value f"],
                    ])
                #expect(drawn["isDownwards"] == true)
            }
        }

        @Test("puts a lone item and the second of three in the middle, the first at the start and the last at the end")
        func places() async throws {
            let rows: JSONValue = [
                ["oneItem": ["item": Self.item(Self.module("a"))]],
                [
                    "threeItems": [
                        "startItem": Self.item(Self.module("b")), "middleItem": Self.item(Self.module("c")),
                        "endItem": Self.item(Self.module("d")),
                    ]
                ],
                // Nothing is at the start, so that the end's item stands alone, and still at the end.
                ["twoItems": ["startItem": Self.item(Self.module("x")), "endItem": Self.item(Self.module("e"))]],
            ]
            try await WalletPlatform.shared().visitConsole { browser, _ in
                let drawn = try await Self.draw(
                    ["cardTemplateOverride": ["cardRowTemplateInfos": rows]], in: browser,
                    """
                    const [alone, start, second, end, last] = [...card.querySelectorAll('.gw-field')];
                    const room = (item) => [box(item).left - box(card).left, box(card).right - box(item).right];
                    const isCentred = (item) => Math.abs(room(item)[0] - room(item)[1]) < 8;
                    return [isCentred(alone), room(start)[0] < 20, isCentred(second), room(end)[1] < 20, room(last)[1] < 20,
                        card.querySelectorAll('.gw-field').length];
                    """)
                #expect(drawn == [true, true, true, true, true, 5])
            }
        }

        @Test("shows the first reference that leads to something, and two values of an item with a slash between")
        func values() async throws {
            let rows: JSONValue = [
                ["oneItem": ["item": Self.item(Self.module("x"), Self.module("b"), Self.module("c"))]],
                ["oneItem": ["item": Self.item(Self.module("a"), second: Self.module("b"))]],
                ["oneItem": ["item": Self.item("object.loyaltyPoints.balance")]],
            ]
            let points: JSONValue = [
                "balance": ["int": 1_234],
                "localizedLabel": [
                    "defaultValue": ["language": "en", "value": "Points"],
                    "translatedValues": [["language": "de", "value": "Punkte"]],
                ],
            ]
            try await WalletPlatform.shared().visitConsole { browser, _ in
                for (language, label) in [("en", "Points"), ("de", "Punkte"), ("fr", "Points")] {
                    let drawn = try await Self.draw(
                        ["cardTemplateOverride": ["cardRowTemplateInfos": rows]], object: ["loyaltyPoints": points],
                        language: language, in: browser,
                        """
                        return [...card.querySelectorAll('.gw-field')].map((item) => [...item.children].map((text) => text.textContent))
                        """)
                    #expect(
                        drawn == [
                            ["label b", "value b"], ["label a / label b", "value a / value b"],
                            [.string(label), "1234"],
                        ])
                }
            }
        }

        /// The examples of the reference of DateFormat.
        @Test(
            "writes a date as the reference's examples do, by the clock of its place",
            arguments: [
                ("DATE_TIME", "Dec 14, 1:00 PM"), ("DATE_ONLY", "Dec 14"), ("TIME_ONLY", "1:00 PM"),
                ("DATE_TIME_YEAR", "Dec 14, 2018, 1:00 PM"), ("DATE_YEAR", "Dec 14, 2018"), ("YEAR_MONTH", "2018-12"),
                ("YEAR_MONTH_DAY", "2018-12-14"), ("DATE_FORMAT_UNSPECIFIED", "2018-12-14T13:00:00+09:00"),
            ])
        func dates(format: String, wanted: String) async throws {
            let reference: JSONValue = ["fieldPath": "class.dateTime.start", "dateFormat": .string(format)]
            let rows: JSONValue = [["oneItem": ["item": ["firstValue": ["fields": [reference]]]]]]
            try await WalletPlatform.shared().visitConsole { browser, _ in
                let drawn = try await Self.draw(
                    ["cardTemplateOverride": ["cardRowTemplateInfos": rows]], language: "en-US", in: browser,
                    "return card.querySelector('.gw-field').lastChild.textContent.replaceAll('\\u202f', ' ')")
                #expect(drawn == .string(wanted))
            }
        }

        @Test("writes what belongs above and below the barcode there, the first at the start and the second at the end")
        func besideBarcode() async throws {
            let details: JSONObject = [
                "firstTopDetail": ["fieldSelector": Self.selector([Self.module("a")])],
                "secondTopDetail": ["fieldSelector": Self.selector([Self.module("b")])],
                "firstBottomDetail": ["fieldSelector": Self.selector([Self.module("c")])],
            ]
            try await WalletPlatform.shared().visitConsole { browser, _ in
                let drawn = try await Self.draw(
                    ["cardBarcodeSectionDetails": .object(details)], in: browser,
                    """
                    const [first, second, below] = [...card.querySelectorAll('.gw-code .gw-row span')];
                    const code = box(card.querySelector('.barcode'));
                    return [first.textContent, second.textContent, below.textContent, box(first).bottom <= code.top,
                        box(first).right < box(second).left, box(card).right - box(second).right < 20, box(below).top >= code.bottom];
                    """)
                #expect(drawn == ["value a", "value b", "value c", true, true, true, true])
            }
        }
    }
}
