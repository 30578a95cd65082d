/// What a token names: `contact.firstName`, `voucher.seat.row`.
struct TokenPath: Hashable, Sendable {
    /// The two objects that tokens reach into.
    enum Root: String, Sendable, CaseIterable {
        /// The person that the pass is for.
        case contact
        /// What the pass is about.
        case voucher
    }

    /// The object that the path begins in.
    let root: Root
    /// The keys from there on; never empty.
    let keys: [String]

    /// Makes a path from its parts; nil when there is no key or one is empty.
    init?(root: Root, keys: [String]) {
        guard !keys.isEmpty, !keys.contains("") else { return nil }
        self.root = root
        self.keys = keys
    }

    /// Reads a dotted path.
    init(parsing text: String) throws(TokenPathError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, !(parts.count == 1 && first.isEmpty) else { throw .empty }
        guard let root = Root(rawValue: first) else { throw .unknownRoot(first) }
        guard let path = TokenPath(root: root, keys: Array(parts.dropFirst())) else { throw .missingKey }
        self = path
    }
}

extension TokenPath: CustomStringConvertible {
    /// The dotted path.
    var description: String { ([root.rawValue] + keys).joined(separator: ".") }
}

extension TokenPath: Comparable {
    /// Orders paths as their texts.
    static func < (left: TokenPath, right: TokenPath) -> Bool { left.description < right.description }
}
