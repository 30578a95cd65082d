import Support
import Testing

extension EndToEndTests {
    /// Every page of the console for people who read with a screen reader, a keyboard, or much or little light.
    @Suite("The console for everybody", .sharedPlatform) struct ConsoleAccessibilityTests {
        private static let pages = [
            "", "/campaigns", "/campaigns/_new", "/campaigns/demo", "/campaigns/both", "/campaigns/demo/passes",
            "/passes", "/passes?q=nobody", "/rollouts", "/wallet-configurations", "/wallet-configurations/demo",
            "/wallet-configurations/_new", "/google", "/queues", "/device-logs", "/audit-log",
            "/audit-log?service=push-sender&actor=nobody",
        ]
        /// Pictures of passes have the colours of their campaigns.
        private static let passes = ".pk-card, .gw-card"

        @Test("no page has a barrier, in light, in dark, and on a narrow window") func barriers() async throws {
            let platform = try WalletPlatform.shared()
            let person = Person()
            let serial = try await platform.makePhone().add(link: try await platform.link(for: person)).pass
                .serialNumber
            let rollout = try await platform.changeCampaign(logoText: "Accessible")
            try await platform.visitConsole { browser, base in
                for page in Self.pages + ["/passes/\(serial)", "/rollouts/\(rollout)"] {
                    for (isDark, width) in [(false, 1_280), (true, 1_280), (false, 400)] {
                        try await browser.imitate(userAgent: Browser.windows, isDark: isDark, width: width)
                        try await browser.open("\(base)/console\(page)")
                        try await browser.wait(
                            for: "\(page)",
                            """
                            document.querySelector('main h1') && !document.querySelector('.loading, [aria-busy]')
                                && [...document.images].every((image) => image.complete)
                                && [...document.querySelectorAll('.stage')].every((stage) => stage.firstChild)
                            """)
                        let barriers = try await browser.barriers(target: 24, ignoring: Self.passes)
                        #expect(barriers == [], "\(page), \(isDark ? "dark" : "light"), \(width)")
                        let text = try await browser.evaluate("return document.querySelector('main').textContent")
                        #expect(text.stringValue?.contains("did not work") == false, "\(page)")
                    }
                    #expect(try await browser.unseenFocus() == [], "\(page)")
                }
            }
        }

        @Test("the page to sign in has no barrier either", arguments: [false, true]) func signIn(isDark: Bool)
            async throws
        {
            let platform = try WalletPlatform.shared()
            try await Browser.run { browser in
                try await browser.imitate(userAgent: Browser.windows, isDark: isDark)
                try await browser.open("\(platform.issuer.internalURL)/console")
                try await browser.wait(for: "the form", "document.querySelector('#token')")
                #expect(try await browser.barriers(target: 24) == [])
                #expect(try await browser.unseenFocus() == [])
            }
        }
    }
}
