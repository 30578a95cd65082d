/// The shape of addresses: enough to refuse what no phone can open.
enum WebAddress {
    /// Whether a text is an http or https address with a host.
    static func isWebURL(_ text: String) -> Bool {
        let lowered = text.lowercased()
        guard isURL(text), let prefix = ["https://", "http://"].first(where: lowered.hasPrefix) else { return false }
        let rest = text.utf8.dropFirst(prefix.utf8.count)
        let host = rest.prefix { byte in !"/?#".utf8.contains(byte) }
        return !host.isEmpty && host.first != UInt8(ascii: ":")
    }

    /// Whether a text is an address of any scheme (RFC 3986 §3.1), an app's own included.
    static func isURL(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first, isLetter(first) else {
            return false
        }
        return bytes[..<colon].allSatisfy { isLetter($0) || "0123456789+-.".utf8.contains($0) }
            && bytes.index(after: colon) < bytes.endIndex
            && !bytes.contains { $0 <= 0x20 || $0 == 0x7F || "<>\"".utf8.contains($0) }
    }

    /// Whether a text is a mail address: something on both sides of one `@`, no white space.
    static func isMail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.utf8.contains { $0 <= 0x20 || $0 == 0x7F }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
}
