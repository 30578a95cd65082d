import Contracts
import JSON
import Support
import Testing

extension EndToEndTests {
    /// Where things stand on the landing page, measured in a real browser.
    @Suite("Layout of landing pages", .sharedPlatform) struct LandingPageLayoutTests {
        /// developer.apple.com/wallet/add-to-apple-wallet-guidelines and developers.google.com/wallet/generic/resources/brand-guidelines.
        @Test(
            "its buttons keep to the platforms' guidelines: size, colours, shape, outline and clear space",
            arguments: ["en", "de", "fr", "es", "it", "ar"])
        func buttons(language: String) async throws {
            let platform = try WalletPlatform.shared()
            let link = try await platform.link(for: Person(), campaign: .both, platform: .any)
            try await Browser.run { browser in
                for (width, isDark) in [(1_000, false), (320, true), (320, false)] {
                    try await browser.imitate(
                        userAgent: Browser.windows, languages: language, isDark: isDark, width: width)
                    try await browser.open(link)
                    let comment = Comment(rawValue: "\(language), \(width), \(isDark)")
                    let apple = try await Self.button("a.apple", in: browser)
                    let google = try await Self.button("a.google", in: browser)
                    for (button, name) in [(apple, "Apple"), (google, "Google")] {
                        // The names of the wallets are never translated.
                        #expect(button["text"]?.stringValue?.contains("\(name) Wallet") == true, comment)
                        #expect(button["marks"] == 1 && button["isMarkInside"] == true, comment)
                        #expect(button["colour"] == "rgb(255, 255, 255)", comment)
                        // On dark ground a line tells the black button from it.
                        #expect(button["outlineContrast"]?.doubleValue ?? 0 >= 3, comment)
                    }
                    #expect(apple["ground"] == "rgb(0, 0, 0)" && google["ground"] == "rgb(31, 31, 31)", comment)
                    #expect(google["height"]?.doubleValue ?? 0 >= 48, comment)
                    // Neither is smaller than the other.
                    #expect(apple["height"] == google["height"] && apple["width"] == google["width"], comment)
                    let height = try #require(apple["height"]?.doubleValue)
                    #expect(google["radius"]?.doubleValue ?? 0 >= height / 2, comment)
                    #expect(1..<height / 3 ~= apple["radius"]?.doubleValue ?? -1, comment)
                    #expect(apple["space"]?.doubleValue ?? 0 >= height / 10, comment)
                    #expect(google["space"]?.doubleValue ?? 0 >= 8, comment)
                    // "Place the badge near the pass."
                    #expect(0...40 ~= apple["fromPass"]?.doubleValue ?? 1_000, comment)
                }
            }
        }

        @Test("keeps its buttons on a phone's screen when letters are twice as large")
        func enlarged() async throws {
            let link = try await WalletPlatform.shared().link(for: Person(), campaign: .both, platform: .any)
            try await Browser.run { browser in
                try await browser.imitate(userAgent: Browser.windows, width: 390)
                try await browser.open(link)
                let seen = try await browser.evaluate(
                    """
                    document.documentElement.style.fontSize = '200%';
                    const buttons = [...document.querySelectorAll('.badge')];
                    return {
                        size: getComputedStyle(document.documentElement).fontSize,
                        overflows: document.documentElement.scrollWidth > innerWidth,
                        inside: buttons.map((button) => button.getBoundingClientRect())
                            .map(({ left, right }) => left >= 0 && right <= innerWidth),
                    };
                    """)
                #expect(seen == ["size": "32px", "overflows": false, "inside": [true, true]])
            }
        }

        @Test(
            "a campaign of a language that is written from the right stands from the right, for its readers and for others"
        )
        func rightToLeft() async throws {
            let platform = try WalletPlatform.shared()
            let campaign = CampaignID.written("arabic")
            try await platform.putCampaign(campaign, configuration: .both) { request in
                request.pass["organizationName"] = "مقهى الربيع"
                request.pass["logoText"] = "مقهى الربيع"
                request.pass["storeCard"] = [
                    "headerFields": [["key": "points", "label": "نقاط", "value": "١٢٣٤"]],
                    "secondaryFields": [
                        ["key": "name", "label": "الاسم", "value": "ليلى"],
                        ["key": "tier", "label": "الفئة", "value": "ذهبي"],
                    ],
                ]
            }
            let link = try await platform.link(for: Person(), campaign: campaign, platform: .any)
            try await Browser.run { browser in
                for (language, isMirrored) in [("ar", true), ("en", false)] {
                    for width in [1_000, 320] {
                        try await browser.imitate(userAgent: Browser.windows, languages: language, width: width)
                        try await browser.open(link)
                        let comment = Comment(rawValue: "\(language), \(width)")
                        let seen = try await browser.evaluate(
                            """
                            const box = (selector) => document.querySelector(selector).getBoundingClientRect();
                            const pass = box('.pass');
                            const middle = ({ left, right }) => (left + right) / 2;
                            const fields = [...document.querySelectorAll('.secondaryFields > div')];
                            const [name, tier] = fields.map((field) => field.getBoundingClientRect());
                            return {
                                // The logo and the first field at the beginning, the header's field and the second at the end.
                                begins: [middle(box('.logo')) > middle(pass), middle(name) > middle(tier)],
                                ends: middle(box('.pass header dl')) < middle(pass),
                                heading: getComputedStyle(document.querySelector('h1')).direction,
                                // Arabic words, not numbers, are ordered from the right on a page of any language.
                                words: [...document.querySelectorAll('.pass dt:not(.unseen), .pass dd, .pass strong')]
                                    .filter((text) => /\\p{L}/u.test(text.textContent))
                                    .map((text) => getComputedStyle(text).direction),
                                overflows: document.documentElement.scrollWidth > innerWidth,
                                text: document.querySelector('.pass').innerText,
                            };
                            """)
                        #expect(seen["begins"] == [.bool(isMirrored), .bool(isMirrored)], comment)
                        #expect(seen["ends"] == .bool(isMirrored), comment)
                        #expect(seen["heading"] == (isMirrored ? "rtl" : "ltr"), comment)
                        #expect(Set(seen["words"]?.arrayValue?.compactMap(\.stringValue) ?? []) == ["rtl"], comment)
                        #expect(seen["overflows"] == false, comment)
                        for word in ["مقهى الربيع", "نقاط", "١٢٣٤", "الاسم", "ليلى", "ذهبي"] {
                            #expect(seen["text"]?.stringValue?.contains(word) == true, comment)
                        }
                        #expect(try await browser.barriers() == [], comment)
                        #expect(try await browser.messages() == [], comment)
                    }
                }
            }
        }

        /// How a button looks, in CSS pixels; its space is the distance to the nearest thing that is not its own.
        private static func button(_ selector: String, in browser: Browser) async throws -> JSONValue {
            try await browser.evaluate(
                """
                const button = document.querySelector(arguments[0]);
                const style = getComputedStyle(button);
                const box = button.getBoundingClientRect();
                const linear = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
                const luminance = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(linear)
                    .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0.05);
                const contrast = (one, other) => Math.max(one / other, other / one);
                const ground = luminance(getComputedStyle(document.documentElement).backgroundColor);
                const distance = (other) => Math.max(
                    Math.max(other.left - box.right, box.left - other.right, 0), Math.max(other.top - box.bottom, box.top - other.bottom, 0));
                const others = [...document.querySelectorAll('main *')].filter((element) => element.getClientRects().length > 0
                    && !element.contains(button) && !button.contains(element)).map((element) => element.getBoundingClientRect());
                const mark = button.querySelector('svg').getBoundingClientRect();
                return {
                    text: button.innerText, colour: style.color, ground: style.backgroundColor, width: box.width, height: box.height,
                    radius: parseFloat(style.borderTopLeftRadius), marks: button.querySelectorAll('svg').length,
                    isMarkInside: mark.width > 20 && mark.left >= box.left && mark.right <= box.right && mark.top >= box.top
                        && mark.bottom <= box.bottom,
                    outlineContrast: parseFloat(style.borderTopWidth) >= 1
                        ? Math.max(contrast(luminance(style.borderTopColor), ground), contrast(luminance(style.backgroundColor), ground)) : 0,
                    space: Math.min(...others.map(distance)),
                    fromPass: box.top - document.querySelector('.pass').getBoundingClientRect().bottom,
                };
                """, [.string(selector)])
        }
    }
}
