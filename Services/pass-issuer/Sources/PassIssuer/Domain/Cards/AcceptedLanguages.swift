/// The languages that a reader understands, the best first (`Accept-Language`, RFC 9110 §12.5.4).
struct AcceptedLanguages: Sendable, Hashable {
    /// Language tags in lower case, such as `pt-br`.
    let tags: [String]

    /// How many are read: browsers send a few, and whoever sends a thousand has no language.
    private static let maximum = 20

    init(header: String?) {
        var ranges: [(tag: String, quality: Double)] = []
        for part in (header ?? "").split(separator: ",").prefix(Self.maximum) {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let tag = pieces.first, Self.isTag(tag) else { continue }
            var quality = 1.0
            for piece in pieces.dropFirst() where piece.hasPrefix("q=") { quality = Double(piece.dropFirst(2)) ?? 0 }
            if quality > 0, quality <= 1 { ranges.append((tag, quality)) }
        }
        // A stable sort: of two that are liked as much the first comes first.
        tags = ranges.enumerated()
            .sorted { ($1.element.quality, $0.offset) < ($0.element.quality, $1.offset) }
            .map(\.element.tag)
    }

    /// The best of the languages that there are, as they are written there; nil when none fits.
    func best(of languages: some Collection<String>) -> String? {
        for tag in tags {
            let wanted = Self.primary(tag)
            if let exact = languages.first(where: { Self.normalized($0) == tag }) { return exact }
            if let own = languages.first(where: { Self.normalized($0) == wanted }) { return own }
            if let sibling = languages.first(where: { Self.primary(Self.normalized($0)) == wanted }) { return sibling }
        }
        return nil
    }

    /// The language itself, without script and region: `pt` of `pt-br`.
    static func primary(_ tag: String) -> String { String(tag.prefix { $0 != "-" }) }

    private static func normalized(_ language: String) -> String {
        String(language.lowercased().map { $0 == "_" ? "-" : $0 })
    }

    private static func isTag(_ text: String) -> Bool {
        1...35 ~= text.utf8.count
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
