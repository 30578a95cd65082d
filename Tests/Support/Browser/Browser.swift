import Foundation
import HTTPClient
import HTTPTypes
import JSON

/// Debian's Chromium, driven over WebDriver (W3C) by its own chromedriver; nobody sees its window.
public final class Browser: Sendable {
    private let client = HTTPClient()
    private let driver: ChildProcess
    private let driverURL: String
    private let session: String
    private let directory: TestDirectory

    private init(driver: ChildProcess, driverURL: String, session: String, directory: TestDirectory) {
        self.driver = driver
        self.driverURL = driverURL
        self.session = session
        self.directory = directory
    }

    /// Runs a body with a new browser, which ends with it.
    public static func run(_ body: (Browser) async throws -> Void) async throws {
        let browser = try await start()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(browser))
        } catch {
            outcome = .failure(error)
        }
        await browser.stop()
        try outcome.get()
    }

    private static func start() async throws -> Browser {
        let directory = try TestDirectory()
        let port = try FreePorts.take()
        let driver = try await ChildProcess.start(
            ["chromedriver", "--port=\(port)"], outputTo: directory.path("chromedriver.log"))
        let url = "http://127.0.0.1:\(port)"
        let client = HTTPClient()
        defer { client.shutdown() }
        try await eventually("chromedriver to be ready; is the package chromium-driver there?") {
            guard driver.isRunning else { throw ProgramFailure(description: "chromedriver does not run") }
            return (try? await call(client, .get, "\(url)/status"))?["ready"] == .bool(true)
        }
        let arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1400,1000",
        ]
        let capabilities: JSONValue = [
            "browserName": "chrome",
            "goog:chromeOptions": ["args": .array(arguments.map(JSONValue.string))],
            "goog:loggingPrefs": ["browser": "ALL", "performance": "ALL"],
        ]
        let made = try await call(
            client, .post, "\(url)/session", ["capabilities": ["alwaysMatch": capabilities]])
        guard let session = made["sessionId"]?.stringValue else { throw ProgramFailure(description: "no session") }
        let browser = Browser(driver: driver, driverURL: url, session: session, directory: directory)
        _ = try await browser.command(
            "Page.setDownloadBehavior", ["behavior": "allow", "downloadPath": .string(directory.path("downloads"))])
        return browser
    }

    private func stop() async {
        // The browser ends with its session, else it would outlive its driver, which then has nothing to lose.
        _ = try? await Self.call(client, .delete, "\(driverURL)/session/\(session)")
        driver.send(SIGKILL)
        await driver.wait()
        client.shutdown()
    }

    private static func call(
        _ client: HTTPClient, _ method: HTTPMethod, _ url: String, _ body: JSONValue? = nil
    ) async throws -> JSONValue {
        let answer = try await client.send(
            HTTPClientRequest(
                method: method, url: url, headers: body == nil ? [:] : ["Content-Type": "application/json"],
                body: body?.serialized() ?? [], deadline: .seconds(60), maximumResponseBytes: 64 << 20))
        let value = try JSON.parse(answer.body)["value"] ?? .null
        guard answer.status == .ok else {
            throw ProgramFailure(description: "\(url): \(value["message"]?.stringValue ?? "\(answer.status)")")
        }
        return value
    }

    /// Asks the driver for something of this session; returns its value.
    func call(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        try await Self.call(client, method, "\(driverURL)/session/\(session)\(path)", body)
    }
}

extension Browser {
    /// Sends a command of the DevTools protocol.
    @discardableResult public func command(_ name: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        try await call(.post, "/goog/cdp/execute", ["cmd": .string(name), "params": parameters])
    }

    /// Becomes another device: its `User-Agent`, languages and theme, and whether it runs scripts.
    public func imitate(
        userAgent: String, languages: String = "en", isDark: Bool = false, width: Int = 1_000, runsScripts: Bool = true
    ) async throws {
        try await command(
            "Emulation.setUserAgentOverride",
            ["userAgent": .string(userAgent), "acceptLanguage": .string(languages)])
        try await command(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": .string(isDark ? "dark" : "light")]]])
        try await command(
            "Emulation.setDeviceMetricsOverride",
            ["width": .number(JSONNumber(width)), "height": 900, "deviceScaleFactor": 1, "mobile": false])
        try await command("Emulation.setScriptExecutionDisabled", ["value": .bool(!runsScripts)])
    }

    /// Opens an address and waits until it is loaded.
    public func open(_ url: String) async throws {
        _ = try await call(.post, "/url", ["url": .string(url)])
    }

    /// What a function's body returns in the page.
    @discardableResult public func evaluate(
        _ script: String, _ arguments: [JSONValue] = []
    ) async throws -> JSONValue {
        try await call(.post, "/execute/sync", ["script": .string(script), "args": .array(arguments)])
    }

    /// The files that were downloaded whole.
    public func downloads() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path("downloads"))) ?? []
        return names.filter { !$0.hasSuffix(".crdownload") && !$0.hasPrefix(".") }.sorted().map {
            directory.path("downloads/\($0)")
        }
    }

    /// What the console has said since this was last asked, violations of the page's policy among it.
    public func messages() async throws -> [String] {
        (try await call(.post, "/se/log", ["type": "browser"]).arrayValue ?? []).compactMap {
            $0["message"]?.stringValue
        }
    }

    /// The requests since this was last asked, and how many bytes came over the wire for each.
    public func requests() async throws -> [(url: String, bytes: Int)] {
        var urls: [String: String] = [:]
        var order: [String] = []
        var bytes: [String: Int] = [:]
        for entry in try await call(.post, "/se/log", ["type": "performance"]).arrayValue ?? [] {
            guard let text = entry["message"]?.stringValue,
                let message = try JSON.parse(Array(text.utf8))["message"], let parameters = message["params"],
                let id = parameters["requestId"]?.stringValue
            else { continue }
            switch message["method"]?.stringValue {
            case "Network.requestWillBeSent":
                if urls[id] == nil { order.append(id) }
                urls[id] = parameters["request"]?["url"]?.stringValue
            case "Network.loadingFinished":
                guard case .number(let length)? = parameters["encodedDataLength"] else { continue }
                bytes[id] = Int(Double(length.text) ?? 0)
            default: continue
            }
        }
        return order.compactMap { id in urls[id].map { ($0, bytes[id] ?? 0) } }
    }
}
