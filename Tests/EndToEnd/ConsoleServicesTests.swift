import Contracts
import Cryptography
import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

extension EndToEndTests {
    /// What other services own, read and changed by clicking.
    @Suite("Other services in the console") struct ConsoleServicesTests {
        @Test("a campaign for both wallets is shown as both draw its front and back, with the same values")
        func previews()
            async throws
        {
            try await GooglePlatform.run { subject in
                try await subject.platform.visitConsole { browser, base in
                    try await browser.open("\(base)/console/campaigns/\(WalletPlatform.campaign)")
                    try await browser.wait(
                        for: "both cards with the sample's name",
                        """
                        ['apple', 'google'].every((wallet) =>
                            document.querySelector(`[data-wallet='${wallet}']`)?.textContent.includes('Ada'))
                            && document.querySelector('.pk-card') && document.querySelector('.gw-card')
                        """)
                    try await browser.wait(
                        for: "both backs with the campaign's fields",
                        """
                        ['apple', 'google'].every((wallet) =>
                            document.querySelector(`[data-wallet='${wallet}'] details[open] dl`)?.textContent
                                .includes('Show the code when you pay'))
                        """)
                    try await browser.click(".controls summary")
                    try await browser.type("4711", into: "[data-token='voucher.points']")
                    try await browser.wait(
                        for: "the points on both cards",
                        """
                        ['.pk-card', '.gw-card'].every((card) =>
                            /4\\D?711/.test(document.querySelector(card)?.textContent ?? ''))
                        """)
                }
            }
        }

        @Test("a class is compared with what Google has, and what differs is named, sent and equal then")
        func classes() async throws {
            try await GooglePlatform.run { subject in
                let platform = subject.platform
                let id = WalletPlatform.campaign.rawValue
                try await subject.settle()
                let ours = try #require(Self.colour(subject))
                try await Self.editAtGoogle(["hexBackgroundColor": "#00FF00", "reviewStatus": "UNDER_REVIEW"], subject)
                try #require(Self.colour(subject) == "#00ff00" && ours != "#00ff00")
                try await platform.visitConsole { browser, base in
                    try await browser.open("\(base)/console/google")
                    try await browser.click("[aria-label='Compare \(id)']")
                    try await browser.wait(for: "the differences", "document.querySelector('ul.notices.warn li')")
                    let listed = try await browser.evaluate(
                        "return [...document.querySelectorAll('ul.notices.warn li')].map((item) => item.textContent)")
                    let lines = listed.arrayValue?.compactMap { $0.stringValue?.lowercased() } ?? []
                    let line = ##"/hexbackgroundcolor: we want "\##(ours)", google has "#00ff00" (console)"##
                    #expect(lines == [line])
                    try await browser.click("[aria-label='Sync \(id)']")
                    try await browser.wait(
                        for: "the answer",
                        "document.querySelector('#toast').textContent === 'What differs is being written.'")
                    try await eventually("Google to have ours again") { Self.colour(subject) == ours }
                    try await browser.click("[aria-label='Compare \(id)']")
                    try await browser.wait(
                        for: "no difference",
                        "document.querySelector('p.notices.good')?.textContent === 'Google has what we want.'")
                }
            }
        }

        /// The background of the demo's class at Google.
        private static func colour(_ subject: GooglePlatform) -> String? {
            subject.google.resource(.class, "\(GooglePlatform.issuerID).\(WalletPlatform.campaign)")?[
                "hexBackgroundColor"]?.stringValue?.lowercased()
        }

        /// Changes the demo's class as somebody at Google's console would.
        private static func editAtGoogle(_ patch: JSONObject, _ subject: GooglePlatform) async throws {
            let client = subject.platform.client
            let key = try subject.google.makeServiceAccount(
                "console@demo.example", issuers: [GooglePlatform.issuerID])
            let token = try await key.accessToken(client)
            let id = "\(GooglePlatform.issuerID).\(WalletPlatform.campaign)"
            let answer = try await client.send(
                HTTPClientRequest(
                    method: .patch, url: "\(subject.google.url)/walletobjects/v1/loyaltyClass/\(id)",
                    headers: ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
                    body: JSONValue.object(patch).serialized()))
            try #require(answer.status == .ok, "\(String(decoding: answer.body, as: UTF8.self))")
        }

        @Test("a write that Google refused is tried again by a click, and comes to Google") func retrying() async throws
        {
            try await GooglePlatform.run { subject in
                try await subject.refuseClass()
                #expect(Self.colour(subject) != "#010203")
                try await subject.platform.visitConsole { browser, base in
                    try await browser.open("\(base)/console/queues")
                    try await browser.wait(
                        for: "the refused write",
                        "[...document.querySelectorAll('tbody tr')].some((row) => row.textContent.includes('Not allowed.'))"
                    )
                    subject.google.clearFaults()
                    try await browser.click("[aria-label^='Retry ']")
                    try await browser.wait(
                        for: "the answer", "document.querySelector('#toast').textContent === 'It is being tried again.'"
                    )
                    try await eventually("Google to have it") { Self.colour(subject) == "#010203" }
                    try await browser.open("\(base)/console/queues")
                    try await browser.wait(
                        for: "no failed write",
                        "[...document.querySelectorAll('.empty h2')].some((each) => each.textContent === 'No failed write')"
                    )
                }
            }
        }

        @Test("a topic is paused and resumed") func queues() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                try await eventually("the credentials to arrive") { try await platform.topic()?.state == .running }
                let topic = PassAuthority.passType
                try await platform.visitConsole { browser, base in
                    try await browser.open("\(base)/console/queues")
                    try await browser.click("[aria-label='Pause \(topic)']")
                    try await browser.wait(
                        for: "the pause",
                        """
                        document.querySelector("[aria-label='Resume \(topic)']")
                            ?.closest('tr').textContent.includes('paused')
                        """)
                    #expect(try await platform.topic()?.state == .paused)
                    try await browser.click("[aria-label='Resume \(topic)']")
                    try await browser.wait(
                        for: "its end",
                        """
                        document.querySelector("[aria-label='Pause \(topic)']")
                            ?.closest('tr').textContent.includes('running')
                        """)
                    #expect(try await platform.topic()?.state == .running)
                }
            }
        }

        @Test("what a phone logs is listed with its meaning and what to do, and found by its kind") func deviceLogs()
            async throws
        {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let body: JSONValue = ["logs": ["Get pass task encountered error: Authentication failure"]]
                let report = HTTPClientRequest(
                    method: .post, url: (platform.registry.publicURL ?? "") + "/v1/log", body: body.serialized())
                #expect(try await platform.client.send(report).status == .ok)
                try await platform.visitConsole { browser, base in
                    try await eventually("the line in the list") {
                        try await browser.open("\(base)/console/device-logs")
                        try await browser.wait(for: "the list", "document.querySelector('#kind')")
                        let isListed = try await browser.evaluate("return Boolean(document.querySelector('tbody tr'))")
                        return isListed.boolValue == true
                    }
                    let row = try await browser.evaluate("return document.querySelector('tbody tr').textContent")
                    for words in ["authentication", "The token in the pass on the phone is not", "PASS_TOKEN_KEYS"] {
                        #expect(row.stringValue?.contains(words) == true, "\(row)")
                    }
                    try await browser.choose("sameTag", in: "#kind")
                    try await browser.wait(for: "none of this kind", "document.querySelector('.empty')")
                    try await browser.choose("authentication", in: "#kind")
                    try await browser.wait(
                        for: "the line again",
                        "location.search === '?kind=authentication' && document.querySelector('tbody tr')")
                }
            }
        }
    }
}
