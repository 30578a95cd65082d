import Contracts
import JSON
import Support
import Testing

extension EndToEndTests {
    /// What Apple's Wallet Developer Guide says a front has room for ("Pass Style Sets the Overall Visual Appearance"): more
    /// is left out without a word.
    @Suite("The console's preview of a pass in Apple Wallet", .sharedPlatform) struct ConsoleLayoutTests {
        private struct Front {
            let style: String
            let code: String
            /// Of six fields in each other group.
            var secondaryFields = 6
            let primary: Int
            let secondary: Int
            let auxiliary: Int
        }

        private static let fronts = [
            Front(style: "boardingPass", code: "QR", primary: 2, secondary: 4, auxiliary: 5),
            Front(style: "eventTicket", code: "QR", primary: 1, secondary: 4, auxiliary: 4),
            Front(style: "coupon", code: "PDF417", primary: 1, secondary: 4, auxiliary: 4),
            Front(style: "storeCard", code: "Code128", primary: 1, secondary: 4, auxiliary: 4),
            Front(style: "generic", code: "PDF417", primary: 1, secondary: 4, auxiliary: 4),
            // A square code leaves four of both together.
            Front(style: "coupon", code: "QR", primary: 1, secondary: 4, auxiliary: 0),
            Front(style: "storeCard", code: "Aztec", secondaryFields: 2, primary: 1, secondary: 2, auxiliary: 2),
            Front(style: "generic", code: "QR", secondaryFields: 3, primary: 1, secondary: 3, auxiliary: 1),
        ]

        @Test("draws as many fields of each group as the style has room for")
        func rows() async throws {
            try await WalletPlatform.shared().visitConsole { browser, _ in
                for front in Self.fronts {
                    let groups: JSONObject = [
                        "headerFields": Self.fields("header", 6), "primaryFields": Self.fields("primary", 6),
                        "secondaryFields": Self.fields("secondary", front.secondaryFields),
                        "auxiliaryFields": Self.fields("auxiliary", 6),
                    ]
                    let labels = try await Self.draw(
                        [front.style: .object(groups), "barcodes": Self.barcodes(front.code)], in: browser,
                        "return [...card.querySelectorAll('.pk-label')].map((label) => label.textContent)")
                    let wanted = [
                        ("header", 3), ("primary", front.primary), ("secondary", front.secondary),
                        ("auxiliary", front.auxiliary),
                    ]
                    #expect(
                        Set(labels.arrayValue?.compactMap(\.stringValue) ?? [])
                            == Set(wanted.flatMap { group, count in (0..<count).map { "\(group) \($0)" } }),
                        "\(front)")
                }
            }
        }

        @Test("draws the pictures that the style has a place for, and no other")
        func pictures() async throws {
            let places: [(String, without: String, [String])] = [
                ("boardingPass", without: "", ["footer", "logo"]), ("coupon", without: "", ["logo", "strip"]),
                ("storeCard", without: "", ["logo", "strip"]), ("generic", without: "", ["logo", "thumbnail"]),
                // With a strip a ticket has neither background nor thumbnail.
                ("eventTicket", without: "", ["logo", "strip"]),
                ("eventTicket", without: "strip", ["background", "logo", "thumbnail"]),
            ]
            try await WalletPlatform.shared().visitConsole { browser, _ in
                for (style, missing, wanted) in places {
                    let drawn = try await Self.draw(
                        [style: ["primaryFields": Self.fields("primary", 1)]], without: missing, in: browser,
                        "return [...card.querySelectorAll('img')].map((image) => image.className.slice(3)).sort()")
                    #expect(drawn.arrayValue?.compactMap(\.stringValue) == wanted, "\(style) without \(missing)")
                }
            }
        }

        @Test("lays a ticket's background under all of it, and its thumbnail beside the fields, right of them")
        func ticket() async throws {
            try await WalletPlatform.shared().visitConsole { browser, _ in
                let isSo = try await Self.draw(
                    [
                        "eventTicket": [
                            "primaryFields": Self.fields("primary", 1), "secondaryFields": Self.fields("secondary", 2),
                        ]
                    ], without: "strip", in: browser,
                    """
                    const box = (selector) => card.querySelector(selector).getBoundingClientRect();
                    const [front, ground, thumbnail] = [card.getBoundingClientRect(), box('.pk-background'), box('.pk-thumbnail')];
                    const fields = [...card.querySelectorAll('.pk-primary .pk-field')].map((field) => field.getBoundingClientRect());
                    return {
                        covers: ground.left <= front.left && ground.right >= front.right && ground.top <= front.top
                            && ground.bottom >= front.bottom,
                        // Whoever points at a field meets its text, not the picture.
                        under: fields.every((field) => document.elementsFromPoint(field.left + 2, field.top + 2)
                            .findIndex((element) => element.matches('.pk-field, .pk-label')) === 0),
                        fields: fields.length,
                        beside: fields.every((field) => field.right <= thumbnail.left
                            && field.top < thumbnail.bottom + 100 && field.bottom > front.top),
                        inside: thumbnail.right <= front.right && thumbnail.top >= box('.pk-head').bottom,
                    };
                    """)
                #expect(isSo == ["covers": true, "under": true, "fields": 3, "beside": true, "inside": true])
            }
        }

        @Test("cuts a value off with dots where its place ends, and shows one that fits whole")
        func truncation() async throws {
            let long = JSONValue.string(String(repeating: "A long value that no phone has room for. ", count: 3))
            let fields: JSONValue = [["key": "k", "label": "label", "value": long], ["key": "l", "value": "short"]]
            try await WalletPlatform.shared().visitConsole { browser, _ in
                let isCut = try await Self.draw(
                    ["storeCard": ["secondaryFields": fields]], in: browser,
                    """
                    return [...card.querySelectorAll('.pk-row .pk-value')].map((value) =>
                        getComputedStyle(value).textOverflow === 'ellipsis' && value.scrollWidth > value.clientWidth)
                    """)
                #expect(isCut == [true, false])
            }
        }

        private static func fields(_ group: String, _ count: Int) -> JSONValue {
            .array(
                (0..<count).map {
                    ["key": .string("\(group)-\($0)"), "label": .string("\(group) \($0)"), "value": "x"]
                })
        }

        private static func barcodes(_ format: String) -> JSONValue {
            [["format": .string("PKBarcodeFormat\(format)"), "message": "1", "messageEncoding": "iso-8859-1"]]
        }

        /// Draws a pass with the console's own module and every picture but one, and looks at its front.
        private static func draw(
            _ pass: JSONObject, without missing: String = "", in browser: Browser, _ look: String
        ) async throws -> JSONValue {
            let text = String(decoding: JSONValue.object(pass).serialized(), as: UTF8.self)
            return try await browser.evaluate(
                """
                return import("/console/assets/wallet/apple.js").then(({ apple }) => {
                    const drawn = apple(\(text),
                        (role) => role === "\(missing)" ? null : `/console/assets/icon.svg#${role}`, "en");
                    document.body.prepend(drawn);
                    const card = drawn.querySelector(".pk-card");
                    \(look)
                });
                """)
        }
    }
}
