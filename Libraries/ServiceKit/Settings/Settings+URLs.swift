extension Settings {
    /// A base URL, `http` or `https`, without query and fragment; given back without a slash at its end. Required.
    public mutating func url(_ name: String, help: String) -> String {
        value(name, standIn: "http://localhost", help: help) { text throws(InvalidSetting) in
            try Self.baseURL(text)
        }
    }

    /// A base URL, `http` or `https`, without query and fragment; given back without a slash at its end.
    public mutating func url(_ name: String, default standard: String, help: String) -> String {
        value(name, default: (standard, standard), standIn: standard, help: help) { text throws(InvalidSetting) in
            try Self.baseURL(text)
        }
    }

    /// A base URL that may stay away.
    public mutating func optionalURL(_ name: String, help: String) -> String? {
        optionalValue(name, help: help) { text throws(InvalidSetting) in try Self.baseURL(text) }
    }

    private static func baseURL(_ text: String) throws(InvalidSetting) -> String {
        let remedy = "give a URL such as https://host.example or http://host:8080/base"
        guard let colon = text.firstIndex(of: ":"), ["http", "https"].contains(text[..<colon].lowercased()) else {
            throw InvalidSetting("is no http or https URL", remedy: remedy)
        }
        let rest = text[text.index(after: colon)...]
        let authority = rest.dropFirst(2).prefix { $0 != "/" }
        guard rest.hasPrefix("//"), !authority.isEmpty, isAuthority(authority) else {
            throw InvalidSetting("is a URL without a usable host", remedy: remedy)
        }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !#"?#"<>\^`{|}"#.utf8.contains($0) }) else {
            throw InvalidSetting("is a URL with a query, a fragment, a space or another character", remedy: remedy)
        }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }

    /// A user name or password in it would end up in logs.
    private static func isAuthority(_ authority: Substring) -> Bool {
        guard !authority.contains("@") else { return false }
        let isBracketed = authority.hasPrefix("[")
        guard
            let end = isBracketed
                ? authority.firstIndex(of: "]").map(authority.index(after:)) : authority.firstIndex(of: ":")
        else { return !isBracketed }
        let port = authority[end...]
        guard end > authority.startIndex, !port.isEmpty else { return end > authority.startIndex }
        return port.hasPrefix(":") && Int(port.dropFirst()).map { (1...65_535).contains($0) } == true
    }
}
