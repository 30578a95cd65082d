/// Where Google goes: to `https`, and here to `http` on this machine too, where nobody could listen in.
enum PublicAddress {
    static func isUsable(_ url: String) -> Bool {
        let lower = url.lowercased()
        if lower.hasPrefix("https://") { return lower.utf8.count > 8 }
        guard lower.hasPrefix("http://") else { return false }
        let authority = lower.dropFirst(7).prefix { !"/?#".contains($0) }
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        return host == "localhost" || host == "127.0.0.1" || host == "[::1]"
    }
}
