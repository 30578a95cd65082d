/// The words of an enum. Google takes and answers old spellings beside the current ones.
public struct SchemaEnum: Sendable {
    /// Its name in the schema.
    public let name: String
    /// The current words.
    public let current: [String]
    /// The old spellings that Google lists.
    public let old: [String]

    private let byFoldedWord: [String: String]

    init(name: String, current: [String], old: [String]) {
        self.name = name
        self.current = current
        self.old = old
        byFoldedWord = Dictionary(current.map { (Self.folded($0), $0) }) { first, _ in first }
    }

    /// Whether Google takes a word.
    public func accepts(_ word: String) -> Bool {
        current.contains(word) || old.contains(word)
    }

    /// The current word for any spelling, those of answers included; nil for a word of another enum.
    public func canonical(_ word: String) -> String? {
        current.contains(word) ? word : byFoldedWord[Self.folded(word)]
    }

    /// A word as Google's answers spell it: `ACTIVE` is answered `active`, `STATUS_UNSPECIFIED` `statusUnspecified`.
    public func answered(_ word: String) -> String {
        guard let current = canonical(word) else { return word }
        let folded = Self.folded(current)
        return old.first { Self.folded($0) == folded } ?? Self.lowerCamel(current)
    }

    /// Whether a word says no more than absence does.
    public static func isUnspecified(_ word: String) -> Bool {
        folded(word).hasSuffix("unspecified") || word == "UNKNOWN_STATE"
    }

    /// Spellings of one word differ in capitals and underscores alone.
    private static func folded(_ word: String) -> String {
        String(decoding: word.utf8.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self).lowercased()
    }

    private static func lowerCamel(_ word: String) -> String {
        let parts = word.lowercased().split(separator: "_")
        return parts.enumerated().map { $0.offset == 0 ? String($0.element) : $0.element.capitalizedFirst }.joined()
    }
}

extension Substring {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
