import Support
import Testing

extension WalletPlatform {
    /// Signs in to the console, runs a body with a browser and the base URL, and then looks for errors and answers that
    /// no page expects, for violations of the page's policy and for requests to others.
    func visitConsole(_ body: (Browser, String) async throws -> Void) async throws {
        let base = issuer.internalURL
        try await Browser.run { browser in
            try await browser.open("\(base)/console")
            try await browser.type(secrets.admin, into: "#token")
            let waits = try await signIn(browser)
            let early = try await browser.consoleErrors()
            #expect(early.filter { ConsoleRefusal.ofHaste.explains($0, at: base) }.count == waits)
            let refusals = [ConsoleRefusal.ofStranger] + (waits > 0 ? [.ofHaste] : [])
            #expect(early.filter { error in !refusals.contains { $0.explains(error, at: base) } } == [])
            try await body(browser, base)
            let errors = try await browser.consoleErrors()
            #expect(errors.filter { error in !ConsoleRefusal.known.contains { $0.explains(error, at: base) } } == [])
            let requests = try await browser.requests()
            let ours = ["\(base)/", "blob:\(base)/", "data:", "chrome:", "about:"]
            #expect(requests.map(\.url).filter { url in !ours.contains { url.hasPrefix($0) } } == [])
        }
    }

    /// Sends the form, again when others have just signed in so often that the console asks to wait.
    /// - Returns: how often it asked for that.
    private func signIn(_ browser: Browser) async throws -> Int {
        let isAsked = "document.querySelector('form')?.textContent.includes('Too many tries') ?? false"
        for waits in 0..<12 {
            try await browser.click("form button")
            try await browser.wait(for: "the overview", "document.querySelector('.figures') || (\(isAsked))")
            guard try await browser.evaluate("return \(isAsked)") == true else { return waits }
            try await Task.sleep(for: .seconds(10))
        }
        throw ProgramFailure(description: "the console asks to wait for two minutes already")
    }
}
