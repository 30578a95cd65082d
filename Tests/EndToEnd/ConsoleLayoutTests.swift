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

        @Test("draws the rows in the order of the style")
        func order() async throws {
            let secondary = ["secondary 0", "secondary 1"]
            let auxiliary = ["auxiliary 0", "auxiliary 1"]
            let ticket = [secondary, ["row 0: 0", "row 0: 1"], ["row 1: 0", "row 1: 1"]]
            let cases: [(String, code: String, without: String, [[String]])] = [
                ("boardingPass", code: "QR", without: "", [auxiliary, secondary]),
                ("eventTicket", code: "QR", without: "", ticket), ("eventTicket", code: "QR", without: "strip", ticket),
                ("coupon", code: "PDF417", without: "", [secondary, auxiliary]),
                ("storeCard", code: "Code128", without: "", [secondary, auxiliary]),
                ("generic", code: "PDF417", without: "", [secondary, auxiliary]),
                // Beside a square code both groups are one row.
                ("coupon", code: "QR", without: "", [secondary + auxiliary]),
                ("storeCard", code: "Aztec", without: "", [secondary + auxiliary]),
                ("generic", code: "QR", without: "", [secondary, auxiliary]),
            ]
            try await WalletPlatform.shared().visitConsole { browser, _ in
                for (style, code, missing, lower) in cases {
                    let primary = style == "boardingPass" ? ["primary 0", "primary 1"] : ["primary 0"]
                    let groups: JSONObject = [
                        "headerFields": Self.fields("header", 2),
                        "primaryFields": Self.fields("primary", primary.count),
                        "secondaryFields": Self.fields("secondary", 2),
                        "auxiliaryFields": style == "eventTicket" ? Self.ticketFields(2) : Self.fields("auxiliary", 2),
                    ]
                    let drawn = try await Self.draw(
                        [style: .object(groups), "barcodes": Self.barcodes(code)], without: missing, in: browser,
                        "return \(Self.rowsFromAbove)")
                    #expect(
                        Self.labels(drawn) == [["header 0", "header 1"], primary] + lower,
                        "\(style), \(code), without \(missing)")
                }
            }
        }

        @Test("draws four fields in each of a ticket's two auxiliary rows, and names those that are left out")
        func twoRows() async throws {
            try await WalletPlatform.shared().visitConsole { browser, _ in
                for (count, leftOut) in [(4, ""), (5, "Not drawn, since the front is full: row 0: 4, row 1: 4")] {
                    let drawn = try await Self.draw(
                        ["eventTicket": ["auxiliaryFields": Self.ticketFields(count)]], in: browser,
                        """
                        return {
                            rows: \(Self.rowsFromAbove),
                            leftOut: drawn.querySelector('.pk-hidden')?.textContent ?? '',
                        };
                        """)
                    let rows = (0..<2).map { row in (0..<4).map { "row \(row): \($0)" } }
                    #expect(drawn["rows"].map(Self.labels) == rows, "\(count)")
                    #expect(drawn["leftOut"] == .string(leftOut), "\(count)")
                }
            }
        }

        @Test("draws strips over the whole width, as high as the style has them")
        func strips() async throws {
            try await WalletPlatform.shared().visitConsole { browser, _ in
                for (style, points) in [("coupon", 144), ("storeCard", 144), ("eventTicket", 98)] {
                    let strip = try await Self.draw(
                        [style: ["primaryFields": Self.fields("primary", 1)]], in: browser,
                        """
                        const [front, strip] = [card, card.querySelector('.pk-strip')]
                            .map((part) => part.getBoundingClientRect());
                        return {
                            // Of a phone that is 375 points wide.
                            points: Math.round(strip.height * 375 / front.width),
                            isWide: strip.left === front.left && strip.right === front.right,
                        };
                        """)
                    #expect(strip == ["points": .number(JSONNumber(points)), "isWide": true], "\(style)")
                }
            }
        }

        @Test("draws a poster of a ticket that asks for it, with its classic front below for older phones")
        func poster() async throws {
            let ticket: JSONObject = ["eventTicket": ["primaryFields": Self.fields("primary", 1)]]
            var pass = ticket
            pass["preferredStyleSchemes"] = ["posterEventTicket", "eventTicket"]
            pass["semantics"] = [
                "eventName": "Summer concert", "venueName": "Old harbour",
                "seats": [["seatSection": "B", "seatRow": "12", "seatNumber": "7"]],
            ]
            try await WalletPlatform.shared().visitConsole { browser, _ in
                let posters = "return drawn.querySelectorAll('.pk-poster').length"
                #expect(try await Self.draw(ticket, in: browser, posters) == 0)
                let seen = try await Self.draw(
                    pass, in: browser,
                    """
                    const [poster, classic] = drawn.querySelectorAll('.pk-card');
                    const box = (element) => element.getBoundingClientRect();
                    const [front, artwork] = [box(poster), box(poster.querySelector('.pk-artwork'))];
                    const [newer, older] = drawn.querySelectorAll('h3');
                    return {
                        covers: artwork.left <= front.left && artwork.right >= front.right && artwork.top <= front.top
                            && artwork.bottom >= front.bottom,
                        // What is read, and not what the artwork hides.
                        texts: [...poster.querySelectorAll('.pk-caption strong, .pk-caption > span, .pk-value')]
                            .filter((text) => document.elementFromPoint(box(text).left + 2, box(text).top + 2) === text)
                            .map((text) => text.textContent),
                        headings: [newer.textContent, older.textContent],
                        below: box(newer).bottom <= front.top && box(older).top >= front.bottom
                            && box(classic).top >= box(older).bottom,
                        classic: [...classic.querySelectorAll('.pk-label')].map((label) => label.textContent),
                    };
                    """)
                #expect(
                    seen == [
                        "covers": true, "texts": ["Summer concert", "Old harbour", "B", "12", "7"],
                        "headings": ["iOS 18 and newer", "Older iOS"], "below": true, "classic": ["primary 0"],
                    ])
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
                            && field.top < thumbnail.bottom && field.bottom > thumbnail.top),
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

        /// Auxiliary fields of an event ticket, in turn of its first row and its second.
        private static func ticketFields(_ count: Int) -> JSONValue {
            .array(
                (0..<2 * count).map {
                    let label = "row \($0 % 2): \($0 / 2)"
                    return [
                        "key": .string(label), "label": .string(label), "value": "x",
                        "row": .number(JSONNumber($0 % 2)),
                    ]
                })
        }

        /// The labels of each row as they stand: rows from above, fields from the left.
        private static let rowsFromAbove = """
            ((rows) => [...card.querySelectorAll(rows)]
                .map((row) => [...row.querySelectorAll('.pk-label')].filter((label) => label.closest(rows) === row)
                    .map((label) => ({ text: label.textContent, box: label.parentElement.getBoundingClientRect() }))
                    .sort((one, other) => one.box.left - other.box.left))
                .filter((row) => row.length > 0)
                .sort(([one], [other]) => one.box.top - other.box.top)
                .map((row) => row.map(({ text }) => text)))('.pk-header, .pk-primary, .pk-row')
            """

        private static func labels(_ rows: JSONValue) -> [[String]] {
            (rows.arrayValue ?? []).map { ($0.arrayValue ?? []).compactMap(\.stringValue) }
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
                return import("/console/assets/wallet/apple.js").then(async ({ apple }) => {
                    const drawn = apple(\(text),
                        (role) => role === "\(missing)" ? null : `/console/assets/icon.svg#${role}`, "en");
                    document.body.prepend(drawn);
                    // A picture has no size before it is there.
                    await Promise.all([...drawn.querySelectorAll("img")].map((image) => image.complete
                        || new Promise((done) => { image.onload = image.onerror = done })));
                    const card = drawn.querySelector(".pk-card");
                    \(look)
                });
                """)
        }
    }
}
