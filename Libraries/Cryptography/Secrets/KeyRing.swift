/// Keys that follow each other: the first signs and encrypts, all of them verify and decrypt.
public struct KeyRing: Sendable {
    /// The fewest bytes a key may have.
    public static let minimumKeyLength = 32

    private let kids: [String]
    private let keys: Secret<[[UInt8]]>

    /// The key that signs and encrypts.
    public var primary: (kid: String, key: [UInt8]) { (kids[0], keys.value[0]) }

    /// The ids of all keys, the primary one first.
    public var allKids: [String] { kids }

    /// Reads `kid:base64,kid2:base64`; the base64 text may be of either alphabet, with or without padding.
    public init(parsing text: String) throws(KeyRingError) {
        var kids: [String] = []
        var keys: [[UInt8]] = []
        let entries = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        for (index, entry) in entries.enumerated() {
            let parts = entry.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw .noColon(position: index + 1) }
            let kid = String(parts[0])
            guard Self.isKid(kid) else { throw .invalidKid(position: index + 1) }
            guard !kids.contains(kid) else { throw .duplicateKid(kid) }
            guard let key = Self.decodeKey(String(parts[1])) else { throw .invalidBase64(kid: kid) }
            guard key.count >= Self.minimumKeyLength else { throw .tooShort(kid: kid, bytes: key.count) }
            kids.append(kid)
            keys.append(key)
        }
        guard !kids.isEmpty else { throw .empty }
        self.kids = kids
        self.keys = Secret(keys)
    }

    /// The key of an id; nil when the ring has none.
    public func key(_ kid: String) -> [UInt8]? {
        kids.firstIndex(of: kid).map { keys.value[$0] }
    }

    private static func isKid(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func decodeKey(_ text: String) -> [UInt8]? {
        if let key = Base64.decode(text) { return key }
        return Base64URL.decode(text)
    }
}

extension KeyRing: CustomStringConvertible {
    /// The key ids, never a key.
    public var description: String { "KeyRing(\(kids.joined(separator: ", ")))" }
}
