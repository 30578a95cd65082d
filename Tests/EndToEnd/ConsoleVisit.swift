import Support
import Testing

extension WalletPlatform {
    /// Signs in to the console, runs a body with a browser and the base URL, and then looks for errors, for violations
    /// of the page's policy and for requests to others.
    func visitConsole(_ body: (Browser, String) async throws -> Void) async throws {
        let base = issuer.internalURL
        try await Browser.run { browser in
            try await browser.open("\(base)/console")
            try await browser.type(secrets.admin, into: "#token")
            try await browser.click("form button")
            try await browser.wait(for: "the overview", "document.querySelector('.figures')")
            // Before anybody was signed in, the console asked whether somebody is.
            _ = try await browser.consoleErrors()
            try await body(browser, base)
            let errors = try await browser.consoleErrors()
            // A preview of faulty content, or of Google while it is away, is refused: the browser notes it.
            #expect(errors.filter { !$0.contains("Failed to load resource") } == [])
            let requests = try await browser.requests()
            let ours = ["\(base)/", "blob:\(base)/", "data:", "chrome:", "about:"]
            #expect(requests.map(\.url).filter { url in !ours.contains { url.hasPrefix($0) } } == [])
        }
    }
}
