/// A place in a JSON document (RFC 6901).
public struct JSONPointer: Sendable, Hashable {
    /// The keys and indices on the way from the root, unescaped.
    public let tokens: [String]

    /// The whole document.
    public static let root = JSONPointer(tokens: [])

    /// Makes a pointer from unescaped keys and indices.
    public init(tokens: [String]) {
        self.tokens = tokens
    }

    /// Reads a pointer such as `/a/0/b~1c`; nil when it does not begin with a slash or holds a bare `~`.
    public init?(_ text: String) {
        guard !text.isEmpty else {
            self = .root
            return
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let first = parts.first, first.isEmpty else { return nil }
        var tokens: [String] = []
        for part in parts.dropFirst() {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// The place of a key below this one.
    public func appending(_ key: String) -> JSONPointer {
        JSONPointer(tokens: tokens + [key])
    }

    /// The place of an element below this one.
    public func appending(_ index: Int) -> JSONPointer {
        appending(String(index))
    }

    /// The place that a pointer names, seen from this one.
    public func appending(_ pointer: JSONPointer) -> JSONPointer {
        JSONPointer(tokens: tokens + pointer.tokens)
    }

    /// The array index that a token means: decimal digits without a leading zero (RFC 6901 §4).
    static func index(of token: String) -> Int? {
        let digits = token.utf8
        guard digits.allSatisfy(JSONParser.isDigit), digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            return nil
        }
        return Int(token)
    }

    private static func unescaped(_ token: Substring.UTF8View) -> String? {
        guard token.contains(UInt8(ascii: "~")) else { return String(Substring(token)) }
        var bytes: [UInt8] = []
        var iterator = token.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch iterator.next() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The pointer as RFC 6901 writes it; empty for the root.
    public var description: String {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "0")]
                case UInt8(ascii: "/"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "1")]
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONPointer: Codable {
    /// Reads the pointer from its string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let pointer = JSONPointer(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected a JSON Pointer")
        }
        self = pointer
    }

    /// Writes the pointer as its string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
