import Contracts
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("Rollouts in the console") struct ConsoleRolloutTests {
        @Test("a rollout's progress moves, stands still while it is paused, and comes to its end") func progress()
            async throws
        {
            try await withPlatform(settings: ["ROLLOUT_RATE_PER_SECOND": "1"]) { platform in
                try await platform.provideDemo()
                for _ in 0..<40 { _ = try await platform.open(try await platform.link(for: Person())) }
                try await platform.visitConsole { browser, base in
                    try await browser.command("Page.addScriptToEvaluateOnNewDocument", ["source": .string(Self.listen)])
                    let id = try await platform.changeCampaign(logoText: "Changed")
                    try await browser.open("\(base)/console/rollouts/\(id)")
                    try await browser.wait(for: "progress", "document.querySelector('progress')?.value > 0")
                    try await Self.expectTimeLeft(browser, passes: 40)
                    try await browser.press("Pause")
                    try await browser.wait(
                        for: "the pause", "document.querySelector('.badge').textContent === 'paused'")
                    let paused = try await platform.rollout(id)
                    #expect(paused.state == .paused && paused.notified < paused.total)
                    _ = try await platform.admin.call(
                        PassIssuerEndpoints.rateRollout, parameters: ["id": id.rawValue],
                        body: RolloutRate(perSecond: .value(100_000)))
                    try await browser.press("Resume")
                    try await platform.endOfRollout(id)
                    try await browser.wait(
                        for: "its end",
                        """
                        document.querySelector('.badge').textContent === 'done'
                            && document.querySelector('progress').value === document.querySelector('progress').max
                        """)
                    try await browser.open("\(base)/console/rollouts")
                    try await browser.wait(
                        for: "it in the list", "document.querySelector(\"[data-rollout='\(id)'] progress\")")
                }
            }
        }

        /// Keeps what the page was told of a rollout.
        private static let listen = """
            const ask = window.fetch;
            window.fetch = async (path, ...rest) => {
              const answer = await ask(path, ...rest);
              if (path.includes('/rollouts/')) window.told = await answer.clone().json();
              return answer;
            };
            """

        /// The progress in words says what the page was told: how many passes of how many, and how long it will take.
        private static func expectTimeLeft(_ browser: Browser, passes: Int) async throws {
            let treated = "(window.told.notified + window.told.unchanged + window.told.failed)"
            let words = "document.querySelector('.progress small').textContent"
            var parts: [String] = []
            // Read at once: the page may be told more between two looks.
            try await eventually("the time that is left") {
                let said = try await browser.evaluate(
                    """
                    return window.told?.remainingSeconds && \(words).startsWith(`${\(treated)} of`) && \(words).endsWith('left')
                        ? [\(words), String(\(treated)), String(window.told.remainingSeconds)] : []
                    """)
                parts = said.arrayValue?.compactMap(\.stringValue) ?? []
                return !parts.isEmpty
            }
            let seconds = try #require(parts.last.flatMap { Int($0) })
            // One a second, or half as many on a busy machine.
            #expect((1...2 * passes).contains(seconds))
            #expect(parts[0] == "\(parts[1]) of \(passes), about \(seconds) s left")
        }
    }
}
