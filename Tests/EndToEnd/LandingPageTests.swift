import Contracts
import Foundation
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    /// The pages that people see, in a real browser.
    @Suite("Landing pages", .sharedPlatform) struct LandingPageTests {
        private static let android =
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"

        @Test("greets in the reader's language, without errors, violations, strangers or barriers, in 50 KB")
        func languages() async throws {
            let platform = try WalletPlatform.shared()
            let link = try await platform.link(for: Person(), campaign: .both, platform: .any)
            let origin = try #require(platform.issuer.publicURL)
            let readers: [(String, String, String, String)] = [
                ("en-GB,en;q=0.9", "en", "ltr", "Add to Apple Wallet"),
                ("de-CH,de;q=0.9,en;q=0.8", "de", "ltr", "Zu Apple Wallet hinzufügen"),
                ("fr", "fr", "ltr", "Ajouter à Apple Wallet"), ("es-MX", "es", "ltr", "Añadir a Apple Wallet"),
                ("it", "it", "ltr", "Aggiungi ad Apple Wallet"), ("ar-EG", "ar", "rtl", "إضافة إلى Apple Wallet"),
                ("ja,en;q=0.1", "en", "ltr", "Save to Google Wallet"),
            ]
            try await Browser.run { browser in
                for (index, (languages, language, direction, button)) in readers.enumerated() {
                    for isDark in [false, true] {
                        try await browser.imitate(
                            userAgent: Browser.windows, languages: languages, isDark: isDark,
                            width: index.isMultiple(of: 2) ? 1_000 : 320)
                        _ = try await browser.requests()
                        try await browser.open(link)
                        let comment = Comment(rawValue: "\(languages), \(isDark ? "dark" : "light")")
                        #expect(try await browser.barriers() == [], comment)
                        #expect(try await browser.messages() == [], comment)
                        let requests = try await browser.requests()
                        #expect(requests.contains { $0.url == link }, comment)
                        #expect(requests.contains { $0.url.contains("/images/") }, comment)
                        #expect(requests.allSatisfy { $0.url.hasPrefix(origin + "/") }, "\(requests)")
                        let weight = requests.filter { !$0.url.contains("/images/") }.reduce(0) { $0 + $1.bytes }
                        #expect(1_000..<50_000 ~= weight, "\(weight) bytes")
                        let page = try await browser.evaluate(
                            "return [document.documentElement.lang, document.documentElement.dir, document.body.innerText]"
                        )
                        #expect(page.arrayValue?[0].stringValue == language, comment)
                        #expect(page.arrayValue?[1].stringValue == direction, comment)
                        #expect(page.arrayValue?[2].stringValue?.contains(button) == true, comment)
                    }
                }
            }
        }

        @Test(
            "shows the pass in the campaign's colours, with its logo and the person's values, and without its barcode")
        func card() async throws {
            let platform = try WalletPlatform.shared()
            let person = Person()
            let link = try await platform.link(
                for: person, campaign: .both, platform: .any, voucher: ["points": 1_234])
            try await Browser.run { browser in
                try await browser.imitate(userAgent: Browser.windows, languages: "de")
                try await browser.open(link)
                let card = try await browser.evaluate(
                    """
                    const card = document.querySelector('.pass');
                    return [getComputedStyle(card).backgroundColor, getComputedStyle(card).color, card.innerText,
                        card.querySelector('.logo').naturalWidth > 0];
                    """)
                #expect(card.arrayValue?[0] == "rgb(22, 50, 42)")
                #expect(card.arrayValue?[1] == "rgb(251, 243, 228)")
                let text = try #require(card.arrayValue?[2].stringValue)
                for shown in [person.firstName, "1234", "Spring Coffee", "2030-03-20"] {
                    #expect(text.contains(shown), "\(shown)")
                }
                #expect(text.lowercased().contains("punkte") && text.lowercased().contains("gültig bis"))
                #expect(!text.contains("spring:\(person.id)"))
                #expect(card.arrayValue?[3] == true)
            }
        }

        @Test("a phone that reads the code of the page is led to the same pass", arguments: [1, 3])
        func code(pixelsPerPoint: Int) async throws {
            let platform = try WalletPlatform.shared()
            let link = try await platform.link(for: Person(), campaign: .both, platform: .any)
            try await Browser.run { browser in
                try await browser.imitate(userAgent: Browser.windows)
                // As coarse as an office's screen, and as fine as there are.
                try await browser.command(
                    "Emulation.setDeviceMetricsOverride",
                    [
                        "width": 1_280, "height": 2_000, "mobile": false,
                        "deviceScaleFactor": .number(JSONNumber(pixelsPerPoint)),
                    ])
                try await browser.open(link)
                let said = try await browser.scan("figure [role=img]")
                #expect(said.contains(link) && said.contains("QRCode"), "\(said)")
            }
        }

        @Test("works with scripts switched off, and a button that is clicked thrice downloads one and the same pass")
        func buttons() async throws {
            let platform = try WalletPlatform.shared()
            let link = try await platform.link(for: Person(), campaign: .both, platform: .any)
            try await Browser.run { browser in
                try await browser.imitate(userAgent: Browser.windows, runsScripts: false)
                try await browser.open(link)
                var serials: Set<String> = []
                for _ in 1...3 {
                    try await browser.click("a.apple")
                    try await eventually("a download") { browser.downloads().count == 1 }
                    let file = try #require(browser.downloads().first)
                    try await Program.succeed(["unzip", "-tq", file])
                    let package = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
                    serials.insert(try #require(PassContent(package: package)).serialNumber)
                    try FileManager.default.removeItem(atPath: file)
                }
                #expect(serials.count == 1)
                #expect(try await browser.messages() == [])
                #expect(try await browser.barriers() == [])
            }
        }

        @Test(
            "an iPad and a Mac are given the pass of a link for any wallet, or for Apple's, at once",
            arguments: [
                "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
            ])
        func appleDevices(userAgent: String) async throws {
            let platform = try WalletPlatform.shared()
            for wanted in [LinkPlatform.any, .apple] {
                let link = try await platform.link(for: Person(), campaign: .both, platform: wanted)
                let answer = try await platform.open(link, userAgent: userAgent, accept: "text/html,*/*;q=0.8")
                #expect(answer.status == .ok)
                #expect(answer.headers["Content-Type"] == "application/vnd.apple.pkpass", "\(wanted)")
            }
        }

        @Test("a link for Apple's wallet alone tells Android where it works, and gives programs the pass")
        func appleOnAndroid() async throws {
            let platform = try WalletPlatform.shared()
            let links = [
                try await platform.link(for: Person(), campaign: .both, platform: .apple),
                // The campaign has no Google's side.
                try await platform.link(for: Person(), platform: .any),
            ]
            try await Browser.run { browser in
                for link in links {
                    try await browser.imitate(userAgent: Self.android, languages: "en", width: 360)
                    try await browser.open(link)
                    let page = try await browser.evaluate("return document.body.innerText").stringValue ?? ""
                    #expect(page.contains("Open this link on an iPhone") && page.contains("Add to Apple Wallet"))
                    #expect(!page.contains("Google Wallet"))
                    #expect(try await browser.barriers() == [])
                }
            }
            let program = try await platform.open(links[0], userAgent: Self.android, accept: "*/*")
            #expect(program.headers["Content-Type"] == "application/vnd.apple.pkpass")
            #expect(try await platform.open(links[1], userAgent: Self.android, accept: "*/*").status == .conflict)
            let file = links[0] + ".pkpass"
            let named = try await platform.open(file, userAgent: Self.android, accept: "text/html,*/*;q=0.8")
            #expect(named.headers["Content-Type"] == "application/vnd.apple.pkpass")
        }

        @Test("says kindly, and in the reader's language, what is wrong with a link, with the problem's own words")
        func faults() async throws {
            let platform = try WalletPlatform.shared()
            let origin = try #require(platform.issuer.publicURL)
            let good = try await platform.link(for: Person())
            let expiring = try await platform.link(for: Person(), expiresAt: Instant.now().adding(seconds: 8))
            let ended = CampaignID.written("ended")
            try await platform.putCampaign(ended, configuration: .both)
            let late = try await platform.link(for: Person(), campaign: ended, platform: .any)
            _ = try await platform.open(late + "?platform=apple")
            _ = try await platform.admin.send(
                .delete, "/admin/v1/campaigns/{id}", parameters: ["id": ended.rawValue], query: [("force", "true")])
            try await eventually("a link to expire") { try await platform.open(expiring).status == .gone }
            let cases = [
                (expiring, "Dieser Link ist abgelaufen", "This link has expired."),
                (late, "Diese Aktion ist beendet", "The campaign has ended."),
                (good.dropLast(9) + "AAAAAAAAA", "Dieser Link funktioniert nicht", "was not made by us"),
                (origin + "/api/pass/create/hello", "Dieser Link funktioniert nicht", "not a link of ours"),
            ]
            try await Browser.run { browser in
                for isDark in [false, true] {
                    try await browser.imitate(
                        userAgent: Browser.windows, languages: "de", isDark: isDark, width: isDark ? 320 : 1_000)
                    for (link, title, words) in cases {
                        try await browser.open(String(link))
                        let page = try await browser.evaluate("return document.body.innerText").stringValue ?? ""
                        #expect(page.contains(title), "\(page)")
                        #expect(page.contains(words), "\(page)")
                        #expect(try await browser.barriers() == [])
                        // The browser itself notes the status of the page, and nothing else.
                        let messages = try await browser.messages().filter { !$0.contains("status of 4") }
                        #expect(messages == [])
                    }
                }
                try await browser.imitate(userAgent: Browser.windows, languages: "ar")
                try await browser.open(expiring)
                #expect(try await browser.evaluate("return getComputedStyle(document.body).direction") == "rtl")
                #expect(try await browser.barriers() == [])
            }
        }

        @Test("somebody who is put off reads so in plain words of their language, and programs a problem")
        func hurried() async throws {
            try await withPlatform(settings: ["CREATE_RATE_PER_ADDRESS": "0.01", "CREATE_BURST_PER_ADDRESS": "1"]) {
                platform in
                try await platform.provideDemo()
                let link = try await platform.link(for: Person(), platform: .any)
                _ = try await platform.open(link)
                let program = try await platform.open(link, accept: "*/*")
                #expect(program.status == .tooManyRequests)
                #expect(program.headers["Content-Type"] == "application/problem+json")
                #expect(program.headers["Retry-After"].flatMap { Int($0) } != nil)
                let titles = [
                    "en": "One moment, please", "de": "Einen Moment, bitte", "fr": "Un instant",
                    "es": "Un momento, por favor", "it": "Un momento, per favore", "ar": "لحظة من فضلك",
                ]
                try await Browser.run { browser in
                    for (language, title) in titles {
                        try await browser.imitate(
                            userAgent: Browser.windows, languages: language, isDark: language == "ar")
                        try await browser.open(link)
                        let page = try await browser.evaluate(
                            "return [document.documentElement.lang, document.body.innerText]")
                        #expect(page.arrayValue?[0].stringValue == language)
                        #expect(page.arrayValue?[1].stringValue?.contains(title) == true, "\(page)")
                        #expect(try await browser.barriers() == [])
                    }
                }
            }
        }

        @Test("a campaign and a person full of markup are shown as text, and run nothing")
        func hostile() async throws {
            let platform = try WalletPlatform.shared()
            let attack = #""></dd><script>document.title='owned'</script><img src=x onerror="document.title='owned'">"#
            let hostile = CampaignID.written("hostile")
            try await platform.putCampaign(hostile, configuration: .both) { request in
                request.pass["organizationName"] = .string("</title><script>document.title='owned'</script>")
                request.pass["logoText"] = .string(attack)
                request.pass["foregroundColor"] = "rgb(22, 50, 43)"
                request.pass["labelColor"] = "rgb(30, 60, 50)"
            }
            let link = try await platform.links([
                LinkRequest(
                    id: "h-1", campaignId: hostile, platform: .any,
                    contact: ["id": "h-1", "firstName": .string(attack)],
                    voucher: ["points": 1, "tier": .string("&lt;b&gt; {{organization}}")])
            ])[0]
            try await Browser.run { browser in
                try await browser.imitate(userAgent: Browser.windows)
                try await browser.open(link)
                let page = try await browser.evaluate(
                    """
                    return [document.title, document.body.innerText, document.querySelectorAll('script').length,
                        document.querySelectorAll('[onerror]').length]
                    """)
                #expect(page.arrayValue?[0].stringValue?.contains("<script>") == true)
                let text = try #require(page.arrayValue?[1].stringValue)
                #expect(text.contains("<script>") && text.contains("&lt;b&gt; {{organization}}"))
                #expect(page.arrayValue?[2] == 0 && page.arrayValue?[3] == 0)
                // Colours that could not be read on each other are not taken over.
                #expect(try await browser.barriers() == [])
                #expect(try await browser.messages() == [])
            }
        }
    }
}
