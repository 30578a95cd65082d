import Contracts
import GoogleWalletSimulator
import HTTPClient
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("The overview in the console") struct ConsoleOverviewTests {
        /// A plot, and of each of its series what was counted the day before yesterday and yesterday.
        private struct Plot {
            let title: String
            let series: [(label: String, figures: [Int])]

            /// Its bars, day by day, each with its height in a plot of 130: the highest figure fills it.
            func bars(of days: [String]) -> [String] {
                let highest = series.flatMap(\.figures).max() ?? 1
                return days.indices.flatMap { day in
                    series.map { label, figures in
                        let height = (130 * Double(figures[day]) / Double(highest)).rounded()
                        return "\(days[day]): \(figures[day]) \(label), \(Int(height)) high, on 138"
                    }
                }
            }

            var legend: [String] { series.map { "\($0.figures.reduce(0, +)) \($0.label)" } }
        }

        private static let plots = [
            Plot(title: "Passes", series: [("issued", [60, 30]), ("installed", [40, 20]), ("removed", [10, 5])]),
            Plot(title: "Updates", series: [("updates", [24, 12])]),
            Plot(title: "Pushes", series: [("accepted", [100, 50]), ("refused", [6, 3])]),
            Plot(title: "Google Wallet", series: [("saved", [14, 7]), ("deleted", [2, 1])]),
        ]

        @Test("what all services counted is added up, and drawn day by day as high as it is") func plots() async throws
        {
            try await withPlatform { platform in
                try await platform.provideDemo()
                try await eventually("the topic") { try await platform.topic() != nil }
                let days = try await Self.count(at: platform)
                try await platform.visitConsole { browser, base in
                    try await Self.open("\(base)/console?days=7", in: browser)
                    let drawn = try await browser.evaluate(
                        """
                        return [...document.querySelectorAll('figure')].map((figure) => ({
                          title: figure.querySelector('svg').getAttribute('aria-label'),
                          legend: [...figure.querySelectorAll('.legend li')].map((item) => item.textContent),
                          bars: [...figure.querySelectorAll('rect')].map((bar) => {
                            const [top, height] = [bar.y.baseVal.value, bar.height.baseVal.value];
                            return `${bar.textContent}, ${Math.round(height)} high, on ${Math.round(top + height)}`;
                          }),
                        }))
                        """)
                    for (plot, found) in zip(Self.plots, drawn.arrayValue ?? []) {
                        #expect(found["title"]?.stringValue == plot.title)
                        #expect(found["legend"]?.arrayValue?.compactMap(\.stringValue) == plot.legend)
                        #expect(found["bars"]?.arrayValue?.compactMap(\.stringValue) == plot.bars(of: days))
                    }
                    let figures = try await browser.evaluate(
                        "return [...document.querySelectorAll('.figures > div')].map((figure) => figure.innerText)")
                    let said = figures.arrayValue?.compactMap { $0.stringValue?.replacing("\n", with: " ") }
                    #expect(
                        said == [
                            "Passes issued 90", "Installed 60", "Removed 15", "Updates 36", "Pushes accepted 150",
                            "Pushes refused 9", "Saved to Google 21",
                        ])
                }
            }
        }

        /// What the overview asks to look at.
        private static func notices(in browser: Browser) async throws -> [String] {
            let found = try await browser.evaluate(
                "return [...document.querySelectorAll('.notices.warn li')].map((item) => item.textContent)")
            return found.arrayValue?.compactMap(\.stringValue) ?? []
        }

        /// Opens the overview, again while a service did not answer it in time.
        private static func open(_ page: String, in browser: Browser) async throws {
            try await eventually("all services to answer the overview") {
                try await browser.open(page)
                try await browser.wait(for: "the plots", "document.querySelectorAll('svg.plot').length === 4")
                return try await browser.evaluate(
                    "return document.querySelector('main').textContent.includes('be asked')") == false
            }
        }

        /// Leaves what services counted on the two days before today; returns the days.
        private static func count(at platform: WalletPlatform) async throws -> [String] {
            let days = try await platform.query(
                "SELECT to_char((now() AT TIME ZONE 'UTC')::date - n, 'YYYY-MM-DD') FROM unnest('{2,1}'::integer[]) n"
            ).split(separator: "\n").map(String.init)
            let (one, two) = ("'\(days[0])'", "'\(days[1])'")
            try await platform.query(
                """
                INSERT INTO issuer.activity (campaign_id, day, shard, issued, updates)
                VALUES ('history', \(one), 0, 60, 24), ('history', \(two), 0, 30, 12);
                INSERT INTO registry.activity_days (day, installed, removed) VALUES (\(one), 40, 10), (\(two), 20, 5);
                INSERT INTO google.activity_days (date, saved, deleted) VALUES (\(one), 14, 2), (\(two), 7, 1);
                INSERT INTO push.tallies (topic, day, outcome, reason, count)
                SELECT t.topic, r.day::date, r.outcome, r.reason, r.count FROM push.topics t, (
                    VALUES (\(one), 'accepted', '', 100), (\(two), 'accepted', '', 50),
                        (\(one), 'rejected', 'Unregistered', 6), (\(two), 'rejected', 'Unregistered', 3)
                ) r (day, outcome, reason, count)
                """)
            return days
        }

        @Test("a certificate that ends, a topic that stands still and a write that Google refused are named")
        func warnings() async throws {
            try await GooglePlatform.run { subject in
                let platform = subject.platform
                try await platform.visitConsole { browser, base in
                    try await Self.open("\(base)/console", in: browser)
                    try await browser.wait(
                        for: "no warning",
                        "document.querySelector('p.notices.good') && !document.querySelector('.warn')")
                }
                try await platform.putWalletConfiguration(WalletPlatform.configuration, certificate: "expiring")
                try await eventually("the topic") { try await platform.topic() != nil }
                _ = try await platform.pushAdmin.call(
                    PushSenderEndpoints.pauseTopic, parameters: ["passTypeIdentifier": PassAuthority.passType])
                try await subject.refuseClass()
                try await platform.visitConsole { browser, base in
                    try await Self.open("\(base)/console", in: browser)
                    let lines = try await Self.notices(in: browser)
                    let demo = "Wallet configuration \(WalletPlatform.configuration): The certificate expires in "
                    // It ends with the nineteenth day after the one on which it was made, which may be yesterday.
                    #expect(lines.contains { $0.hasPrefix("\(demo)18 days") || $0.hasPrefix("\(demo)19 days") })
                    #expect(lines.contains("Pushes of \(PassAuthority.passType) are paused."))
                    let refused = lines.filter { $0.hasPrefix("Google refused ") && $0.hasSuffix(": Not allowed.") }
                    #expect(refused.count == 1 && lines.count == 3, "\(lines)")
                }
            }
        }

        @Test("a running topic whose oldest push waits for long is named, and a service that can't be asked")
        func waiting() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                try await eventually("the topic") { try await platform.topic()?.state == .running }
                // Not due, so that it stays.
                try await platform.query(
                    """
                    INSERT INTO push.jobs (topic, token, due_at, queued_at)
                    SELECT topic, decode(repeat('ab', 32), 'hex'), now() + interval '1 day', now() - interval '3 hours'
                    FROM push.topics WHERE pass_type_identifier = '\(PassAuthority.passType)'
                    """)
                try await platform.visitConsole { browser, base in
                    try await Self.open("\(base)/console", in: browser)
                    let lines = try await Self.notices(in: browser)
                    #expect(lines == ["Pushes of \(PassAuthority.passType) wait, the oldest for 3.0 h."])
                }
                await platform.push.terminate()
                // The browser notes the answer that nobody expects elsewhere as an error.
                try await Browser.run { browser in
                    try await browser.open("\(platform.issuer.internalURL)/console")
                    try await browser.type(platform.secrets.admin, into: "#token")
                    try await browser.click("form button")
                    try await browser.wait(for: "the overview", "document.querySelector('.figures')")
                    let lines = try await Self.notices(in: browser)
                    #expect(lines.contains("push-sender can't be asked now: topics in trouble are not named."))
                    #expect(
                        try await browser.evaluate("return Boolean(document.querySelector('p.notices.good'))") == false)
                }
            }
        }
    }
}
