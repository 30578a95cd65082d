import Cryptography
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
        _ = try await withElement(selector) { try await call(.post, "/element/\($0)/click", [:]) }
    }

    /// Types into an input instead of what it held.
    public func type(_ text: String, into selector: String) async throws {
        _ = try await withElement(selector) { element in
            _ = try await call(.post, "/element/\(element)/clear", [:])
            return try await call(.post, "/element/\(element)/value", ["text": .string(text)])
        }
    }

    /// Gives a file to an input of files.
    public func attach(_ path: String, to selector: String) async throws {
        _ = try await withElement(selector) { try await call(.post, "/element/\($0)/value", ["text": .string(path)]) }
    }

    /// Chooses an option of a select by its value.
    public func choose(_ value: String, in selector: String) async throws {
        _ = try await element(selector)
        let chosen = try await evaluate(
            """
            const select = document.querySelector(arguments[0]);
            select.value = arguments[1];
            select.dispatchEvent(new Event("input", { bubbles: true }));
            return select.value;
            """, [.string(selector), .string(value)])
        guard chosen.stringValue == value else { throw ProgramFailure(description: "\(selector) has no \(value)") }
    }

    /// Clicks the button that says a text.
    public func press(_ text: String) async throws {
        try await wait(
            for: "a button that says \(text)",
            """
            (() => {
              const button = [...document.querySelectorAll('button')].find((each) => each.textContent === arguments[0] && !each.disabled);
              button?.click();
              return button;
            })()
            """, [.string(text)])
    }

    /// Drops files onto an element, as from a folder's window.
    public func drop(_ paths: [String], on selector: String) async throws {
        _ = try await element(selector)
        let place = try await evaluate(
            """
            const element = document.querySelector(arguments[0]);
            element.scrollIntoView({ block: "center" });
            const box = element.getBoundingClientRect();
            return [Math.round(box.left + box.width / 2), Math.round(box.top + 20)];
            """, [.string(selector)])
        guard let x = place.arrayValue?.first, let y = place.arrayValue?.last else {
            throw ProgramFailure(description: "\(selector) has no place")
        }
        let data: JSONValue = [
            "items": [], "files": .array(paths.map(JSONValue.string)), "dragOperationsMask": 1,
        ]
        for type in ["dragEnter", "dragOver", "drop"] {
            try await command("Input.dispatchDragEvent", ["type": .string(type), "x": x, "y": y, "data": data])
        }
    }

    /// A picture of an element as PNG.
    public func photograph(_ selector: String) async throws -> [UInt8] {
        let picture = try await withElement(selector) { try await call(.get, "/element/\($0)/screenshot") }
        guard let bytes = Base64.decode(picture.stringValue ?? "") else {
            throw ProgramFailure(description: "no picture")
        }
        return bytes
    }

    /// What the console complains of: script errors and violations of the content security policy.
    public func consoleErrors() async throws -> [String] {
        (try await call(.post, "/se/log", ["type": "browser"]).arrayValue ?? []).filter {
            $0["level"]?.stringValue == "SEVERE"
        }.compactMap { $0["message"]?.stringValue }
    }

    /// Does something with an element, and with the one that the page has put in its place when it did so meanwhile
    /// ("stale element reference", W3C WebDriver §6.6).
    private func withElement(
        _ selector: String, _ body: (_ element: String) async throws -> JSONValue
    ) async throws -> JSONValue {
        for _ in 0..<10 {
            do {
                return try await body(try await element(selector))
            } catch let failure as ProgramFailure where failure.description.contains("stale element reference") {
                continue
            }
        }
        return try await body(try await element(selector))
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
