import Support
import Testing

extension EndToEndTests {
    @Suite("Rollouts in the console") struct ConsoleRolloutTests {
        @Test("a rollout's progress moves, stands still while it is paused, and comes to its end") func progress()
            async throws
        {
            try await withPlatform(settings: ["ROLLOUT_RATE_PER_SECOND": "2"]) { platform in
                try await platform.provideDemo()
                for _ in 0..<14 { _ = try await platform.open(try await platform.link(for: Person())) }
                let id = try await platform.changeCampaign(logoText: "Changed")
                try await platform.visitConsole { browser, base in
                    try await browser.open("\(base)/console/rollouts/\(id)")
                    try await browser.wait(for: "progress", "document.querySelector('progress')?.value > 0")
                    try await browser.wait(
                        for: "the time that is left", "document.querySelector('.progress').textContent.includes('left')"
                    )
                    try await browser.press("Pause")
                    try await browser.wait(
                        for: "the pause", "document.querySelector('.badge').textContent === 'paused'")
                    let paused = try await platform.rollout(id)
                    #expect(paused.state == .paused && paused.notified < paused.total)
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
    }
}
