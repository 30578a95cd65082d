import HTTPTypes
import JSON

/// What a person does with a page. Each waits for the element that it is done to.
extension Browser {
    /// The key under which WebDriver gives elements (W3C WebDriver §12.1).
    private static let elementKey = "element-6066-11e4-a52e-4f735466cecf"

    /// Waits until a script returns true.
    public func wait(for what: String, _ script: String, _ arguments: [JSONValue] = []) async throws {
        try await eventually(what) { try await evaluate("return Boolean(\(script))", arguments).boolValue == true }
    }

    /// Clicks an element that a CSS selector finds.
    public func click(_ selector: String) async throws {
        _ = try await call(.post, "/element/\(try await element(selector))/click", [:])
    }

    /// Types into an input instead of what it held.
    public func type(_ text: String, into selector: String) async throws {
        let element = try await element(selector)
        _ = try await call(.post, "/element/\(element)/clear", [:])
        _ = try await call(.post, "/element/\(element)/value", ["text": .string(text)])
    }

    /// Gives a file to an input of files.
    public func attach(_ path: String, to selector: String) async throws {
        _ = try await call(.post, "/element/\(try await element(selector))/value", ["text": .string(path)])
    }

    /// What the console complains of: script errors and violations of the content security policy.
    public func consoleErrors() async throws -> [String] {
        (try await call(.post, "/se/log", ["type": "browser"]).arrayValue ?? []).filter {
            $0["level"]?.stringValue == "SEVERE"
        }.compactMap { $0["message"]?.stringValue }
    }

    private func element(_ selector: String) async throws -> String {
        var found: String?
        try await eventually("\(selector) to be there") {
            let answer = try? await call(.post, "/element", ["using": "css selector", "value": .string(selector)])
            found = answer?[Self.elementKey]?.stringValue
            return found != nil
        }
        return found ?? ""
    }
}
