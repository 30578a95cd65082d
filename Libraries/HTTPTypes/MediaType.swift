/// A media type with its parameters (RFC 9110 §8.3.1).
public struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// The top-level type in lower case.
    public let type: String
    /// The subtype in lower case.
    public let subtype: String
    /// Parameters by lower-case name.
    public let parameters: [String: String]

    /// Type and subtype, `application/json`.
    public var description: String { "\(type)/\(subtype)" }

    /// Reads a `Content-Type` value; nil when it is none.
    public init?(_ text: String) {
        var parts = Self.split(text, at: ";")[...]
        guard let name = parts.popFirst() else { return nil }
        let halves = name.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy(Self.isToken) else { return nil }
        var parameters: [String: String] = [:]
        for part in parts {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let name = Self.trimmed(part[..<equals]).lowercased()
            if parameters[name] == nil {
                parameters[name] = Self.unquoted(Self.trimmed(part[part.index(after: equals)...]))
            }
        }
        type = halves[0].lowercased()
        subtype = halves[1].lowercased()
        self.parameters = parameters
    }

    /// Whether the type is JSON, `application/json` or `…+json`.
    public var isJSON: Bool {
        (type == "application" && subtype == "json") || subtype.hasSuffix("+json")
    }

    /// Whether text of the type is UTF-8: the charset says so or is not given.
    public var isUTF8: Bool {
        guard let charset = parameters["charset"]?.lowercased() else { return true }
        return charset == "utf-8" || charset == "utf8" || charset == "us-ascii"
    }

    /// Whether an `Accept` value names `text/html` itself and likes it better than any JSON.
    public static func prefersHTML(accept: String?) -> Bool {
        let (html, json) = likings(accept)
        return html > json
    }

    /// Whether an `Accept` value names JSON itself and likes it better than any `text/html`.
    public static func prefersJSON(accept: String?) -> Bool {
        let (html, json) = likings(accept)
        return json > html
    }

    /// How much an `Accept` value likes HTML and JSON, each from 0 to 1; a wildcard says nothing of either.
    private static func likings(_ accept: String?) -> (html: Double, json: Double) {
        var html = 0.0
        var json = 0.0
        for range in split(accept ?? "", at: ",") {
            guard let media = MediaType(range) else { continue }
            let quality = media.parameters["q"].flatMap(quality(of:)) ?? 1
            switch media.description {
            case "text/html", "application/xhtml+xml": html = max(html, quality)
            case "application/json", "application/problem+json": json = max(json, quality)
            default: break
            }
        }
        return (html, json)
    }

    private static func quality(of text: String) -> Double? {
        guard let value = Double(text), (0...1).contains(value) else { return nil }
        return value
    }

    /// Splits at a separator outside quotes and drops white space around each part.
    private static func split(_ text: String, at separator: Character) -> [String] {
        var parts: [String] = []
        var part = ""
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if character == separator, !isQuoted {
                parts.append(trimmed(part[...]))
                part = ""
                continue
            }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && character == "\\" && !isEscaped
            part.append(character)
        }
        parts.append(trimmed(part[...]))
        return parts.filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        var text = text.drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(text)
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
        var result = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }

    private static func isToken(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
                default: false
                }
            }
    }
}
