/// Links in the text of a field.
enum Links {
    /// An address and the words that stand for it.
    struct Link: Hashable, Sendable {
        let uri: String
        let text: String?
    }

    /// The kinds of data that phones make links of.
    struct Detectors: OptionSet, Sendable {
        let rawValue: Int
        static let phoneNumber = Detectors(rawValue: 1)
        static let link = Detectors(rawValue: 2)
        static let address = Detectors(rawValue: 4)
        /// What is looked for when the field does not say it: an address is only taken for one where it is said.
        static let standard: Detectors = [.phoneNumber, .link]
    }

    /// The links of a markup's anchors, and its text without them.
    static func anchors(in markup: String) -> (text: String, links: [Link]) {
        var text = ""
        var links: [Link] = []
        var rest = markup[...]
        var open: (uri: String, start: String.Index)?
        while let bracket = rest.firstIndex(of: "<") {
            text += decoded(rest[..<bracket])
            let tail = rest[rest.index(after: bracket)...]
            guard let end = tail.firstIndex(of: ">"), let first = tail.first, first.isLetter || first == "/" else {
                text += "<"
                rest = tail
                continue
            }
            let tag = tail[..<end]
            if let uri = address(ofTag: tag) {
                open = (uri, text.endIndex)
            } else if tag.lowercased().hasPrefix("/a"), let anchor = open {
                links.append(Link(uri: anchor.uri, text: String(text[anchor.start...])))
                open = nil
            }
            rest = tail[tail.index(after: end)...]
        }
        return (text + decoded(rest), links)
    }

    /// The addresses that stand in a plain text.
    static func detected(in text: String, _ detectors: Detectors) -> [Link] {
        var links: [Link] = []
        let whole = text.trimmingSpaces
        if detectors.contains(.phoneNumber), let number = phoneNumber(whole) {
            return [Link(uri: "tel:" + number, text: nil)]
        }
        if detectors.contains(.address), !whole.isEmpty {
            links.append(Link(uri: "https://maps.google.com/?q=" + percentEncoded(whole), text: nil))
        }
        guard detectors.contains(.link) else { return links }
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "<" || $0 == ">" || $0 == "\"" }) {
            if let uri = webAddress(word) ?? mailAddress(word) { links.append(Link(uri: uri, text: nil)) }
        }
        return links
    }

    /// An address that Google opens; nil for one without a scheme or with white space.
    static func openable(_ uri: String) -> String? {
        let trimmed = uri.trimmingSpaces
        let lowered = trimmed.lowercased()
        if lowered.hasPrefix("tel:") {
            return phoneNumber(String(trimmed.dropFirst(4))).map { "tel:" + $0 }
        }
        guard let colon = trimmed.firstIndex(of: ":"), trimmed.index(after: colon) < trimmed.endIndex,
            !trimmed.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
        else { return nil }
        let scheme = lowered[..<colon]
        guard let first = scheme.utf8.first, UInt8(ascii: "a")...UInt8(ascii: "z") ~= first,
            scheme.utf8.allSatisfy({ "abcdefghijklmnopqrstuvwxyz0123456789+-.".utf8.contains($0) })
        else { return nil }
        return trimmed
    }

    /// A telephone number without what people put between its digits; nil when the text is not one alone.
    static func phoneNumber(_ text: String) -> String? {
        var number = ""
        for (index, character) in text.enumerated() {
            switch character {
            case "+" where index == 0: number.append(character)
            case "0"..."9" where character.isASCII: number.append(character)
            case " ", "-", "(", ")", "/", ".", "\u{A0}": continue
            default: return nil
            }
        }
        let count = number.utf8.count { $0 != UInt8(ascii: "+") }
        // Shorter numbers are more often something else; longer ones are none (E.164).
        return 7...15 ~= count ? number : nil
    }

    private static func webAddress(_ word: Substring) -> String? {
        let lowered = word.lowercased()
        guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://") else { return nil }
        return openable(String(withoutPunctuation(word)))
    }

    private static func mailAddress(_ word: Substring) -> String? {
        let address = withoutPunctuation(word.drop { "(,;:".contains($0) })
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let name = parts.first, let host = parts.last, !name.isEmpty, !name.contains(":"),
            host.contains("."), host.first != ".", host.last != ".",
            address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        return "mailto:" + address
    }

    /// What ends a sentence is no part of an address.
    private static func withoutPunctuation(_ word: Substring) -> Substring {
        var word = word
        while let last = word.last, ".,;:!?)'".contains(last) { word.removeLast() }
        return word
    }

    private static func address(ofTag tag: Substring) -> String? {
        guard let first = tag.first, first == "a" || first == "A", tag.dropFirst().first?.isWhitespace == true,
            let range = tag.lowercased().firstRange(of: "href")
        else { return nil }
        let lowered = tag.lowercased()
        var value = tag.dropFirst(lowered.distance(from: lowered.startIndex, to: range.upperBound))
        value = value.drop(while: \.isWhitespace)
        guard value.first == "=" else { return nil }
        value = value.dropFirst().drop(while: \.isWhitespace)
        if let quote = value.first, quote == "\"" || quote == "'" {
            value = value.dropFirst().prefix { $0 != quote }
        } else {
            value = value.prefix { !$0.isWhitespace }
        }
        return openable(decoded(value))
    }

    private static func decoded(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        return entities.reduce(String(text)) { $0.replacing($1.key, with: $1.value) }
    }

    /// `&amp;` is last, so that what it makes is not read again.
    private static let entities: KeyValuePairs = [
        "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&apos;": "'", "&nbsp;": "\u{A0}", "&amp;": "&",
    ]

    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let isUnreserved =
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-._~".utf8.contains(byte)
            if isUnreserved {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    /// The text without white space at its ends.
    var trimmingSpaces: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
