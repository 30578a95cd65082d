import HTTPTypes
import Support
import Testing

extension EndToEndTests {
    @Suite("The audit log in the console") struct ConsoleAuditTests {
        @Test("what was done and refused is listed with who asked, and found by actor, route and time") func entries()
            async throws
        {
            try await withPlatform { platform in
                try await platform.provideDemo()
                _ = try await platform.send(.delete, platform.issuer.internalURL + "/admin/v1/campaigns/forged")
                try await platform.visitConsole { browser, base in
                    try await browser.click("#nav a[href='/console/audit-log']")
                    try await eventually("the refusal in the list") {
                        try await browser.open("\(base)/console/audit-log")
                        try await browser.wait(for: "the list", "document.querySelector('tbody tr')")
                        return try await Self.rows(browser).first?.contains("forged") == true
                    }
                    let newest = try #require(try await Self.rows(browser).first)
                    for words in ["unknown", "DELETE /admin/v1/campaigns/forged", "401"] {
                        #expect(newest.contains(words), "\(newest)")
                    }
                    try await browser.type("/admin/v1/wallet-configurations/{id}", into: "#route")
                    try await browser.click(".filters button")
                    try await browser.wait(
                        for: "the entries of the route", "document.querySelectorAll('tbody tr').length === 1")
                    let made = try #require(try await Self.rows(browser).first)
                    for words in ["token:", "PUT /admin/v1/wallet-configurations/demo", "201"] {
                        #expect(made.contains(words), "\(made)")
                    }
                    try await browser.open("\(base)/console/audit-log?actor=unknown")
                    try await browser.wait(
                        for: "the entries of nobody", "document.querySelectorAll('tbody tr').length === 1")
                    try await browser.open("\(base)/console/audit-log?from=2099-01-01T00:00")
                    try await browser.wait(
                        for: "none of that time",
                        "document.querySelector('.empty') && document.querySelector('#from').value")
                }
            }
        }

        @Test("what was clicked here stands in the log of the service that did it, under its session") func session()
            async throws
        {
            try await withPlatform { platform in
                try await platform.provideDemo()
                try await eventually("the credentials to arrive") { try await platform.topic()?.state == .running }
                try await platform.visitConsole { browser, base in
                    try await browser.open("\(base)/console/queues")
                    try await browser.click("[aria-label='Pause \(PassAuthority.passType)']")
                    try await browser.wait(
                        for: "the pause", "document.querySelector(\"[aria-label='Resume \(PassAuthority.passType)']\")")
                    try await browser.open("\(base)/console/audit-log")
                    try await browser.click("a[href='/console/audit-log?service=push-sender']")
                    try await browser.wait(
                        for: "the log of push-sender",
                        "location.search === '?service=push-sender' && document.querySelectorAll('tbody tr').length === 1"
                    )
                    let row = try #require(try await Self.rows(browser).first)
                    for words in ["console:", "POST /admin/v1/topics/\(PassAuthority.passType)/pause", "200"] {
                        #expect(row.contains(words), "\(row)")
                    }
                    try await browser.click("tbody td:nth-child(2) a")
                    try await browser.wait(
                        for: "what this session did",
                        "location.search.includes('actor=console') && document.querySelectorAll('tbody tr').length === 1"
                    )
                }
            }
        }

        @Test("goes on where the part before ended") func parts() async throws {
            try await withPlatform { platform in
                for number in 1...60 {
                    _ = try await platform.send(
                        .delete, platform.issuer.internalURL + "/admin/v1/campaigns/c\(number)",
                        headers: ["Authorization": "Bearer \(platform.secrets.admin)"])
                }
                try await platform.visitConsole { browser, base in
                    try await browser.open("\(base)/console/audit-log")
                    try await browser.wait(for: "a part", "document.querySelectorAll('tbody tr').length === 50")
                    try await browser.press("Show more")
                    try await browser.wait(
                        for: "the rest",
                        """
                        document.querySelectorAll('tbody tr').length === 60
                            && document.querySelector('tbody tr:last-child').textContent.includes('/c1404')
                        """)
                }
            }
        }

        private static func rows(_ browser: Browser) async throws -> [String] {
            let texts = try await browser.evaluate(
                "return [...document.querySelectorAll('tbody tr')].map((row) => row.textContent)")
            return texts.arrayValue?.compactMap(\.stringValue) ?? []
        }
    }
}
