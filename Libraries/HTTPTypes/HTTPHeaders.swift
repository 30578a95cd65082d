/// Header fields in their order, with names compared without regard to case (RFC 9110 §5).
///
/// A carriage return, line feed or NUL in a value becomes a space (§5.5), so no value can end a header.
public struct HTTPHeaders: Sendable {
    /// One field as it was added.
    public struct Field: Sendable, Hashable {
        /// The name in the case in which it came.
        public let name: String
        /// The value without white space around it.
        public let value: String

        /// Whether it has this name, in any case.
        public func isNamed(_ name: String) -> Bool { HTTPHeaders.isSameName(self.name, name) }
    }

    private var fields: [Field] = []

    /// Makes an empty set of fields.
    public init() {}

    /// How many fields there are.
    public var count: Int { fields.count }

    /// Whether there is no field.
    public var isEmpty: Bool { fields.isEmpty }

    /// The first field's value; setting replaces all fields of that name, setting nil removes them.
    public subscript(_ name: String) -> String? {
        get {
            for field in fields where Self.isSameName(field.name, name) { return field.value }
            return nil
        }
        set {
            fields.removeAll { Self.isSameName($0.name, name) }
            if let newValue { add(name, newValue) }
        }
    }

    /// Adds a field after all others.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: Self.sanitized(value)))
    }

    /// The values of all fields of one name, in their order.
    public func values(for name: String) -> [String] {
        fields.filter { Self.isSameName($0.name, name) }.map(\.value)
    }

    private static func isSameName(_ left: String, _ right: String) -> Bool {
        let left = left.utf8
        let right = right.utf8
        guard left.count == right.count else { return false }
        return zip(left, right).allSatisfy { $0 == $1 || lowercased($0) == lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    private static func sanitized(_ value: String) -> String {
        let bytes = value.utf8
        let needsWork = bytes.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
        let isPadded = isSpace(bytes.first) || isSpace(bytes.last)
        guard needsWork || isPadded else { return value }
        let replaced = bytes.map { $0 == 0x0D || $0 == 0x0A || $0 == 0 ? 0x20 : $0 }
        guard let start = replaced.firstIndex(where: { !isSpace($0) }),
            let end = replaced.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(decoding: replaced[start...end], as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8?) -> Bool {
        byte == 0x20 || byte == 0x09
    }
}

extension HTTPHeaders: Sequence {
    /// Goes through the fields in their order.
    public func makeIterator() -> IndexingIterator<[Field]> {
        fields.makeIterator()
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// Takes fields in the order in which they are written.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }
}

extension HTTPHeaders: Equatable {
    /// Equal when the same fields, names in any case, come in the same order.
    public static func == (left: HTTPHeaders, right: HTTPHeaders) -> Bool {
        left.fields.count == right.fields.count
            && zip(left.fields, right.fields).allSatisfy { isSameName($0.name, $1.name) && $0.value == $1.value }
    }
}
