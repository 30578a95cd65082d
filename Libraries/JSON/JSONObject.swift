/// A JSON object: its members are unique by key and kept in the order of their keys' UTF-8 bytes.
public struct JSONObject: Sendable {
    /// From so many members on, a key is found by halving.
    private static let manyMembers = 16

    private var members: [Member]

    /// A key and its value.
    struct Member: Sendable {
        let key: String
        var value: JSONValue
    }

    /// Makes an empty object.
    public init() {
        members = []
    }

    /// Makes an object from a dictionary.
    public init(_ dictionary: [String: JSONValue]) {
        self.init(dictionary.map { (key: $0.key, value: $0.value) })
    }

    /// Makes an object from members in any order; of several with the same key the last counts.
    public init(_ members: some Sequence<(key: String, value: JSONValue)>) {
        self.init()
        for member in members { self[member.key] = member.value }
    }

    /// Makes an object from what a parser read; nil when a key stands there twice.
    init?(parsed members: consuming [Member], areSorted: Bool) {
        self.members = members
        guard !areSorted else { return }
        self.members.sort { UTF8Order.compare($0.key, $1.key) < 0 }
        for index in self.members.indices.dropFirst()
        where UTF8Order.isEqual(self.members[index - 1].key, self.members[index].key) {
            return nil
        }
    }

    /// The value of a key; setting nil removes the member.
    public subscript(key: String) -> JSONValue? {
        get {
            // Most objects have few members, and few keys are as long as the one that is asked for.
            guard members.count > Self.manyMembers else {
                let count = key.utf8.count
                for member in members where member.key.utf8.count == count && UTF8Order.isEqual(member.key, key) {
                    return member.value
                }
                return nil
            }
            let position = position(of: key)
            return position.isPresent ? members[position.index].value : nil
        }
        set {
            let position = position(of: key)
            switch (position.isPresent, newValue) {
            case (true, .some(let value)): members[position.index].value = value
            case (true, .none): members.remove(at: position.index)
            case (false, .some(let value)): members.insert(Member(key: key, value: value), at: position.index)
            case (false, .none): break
            }
        }
    }

    /// The keys, in the order of their UTF-8 bytes.
    public var keys: [String] { members.map(\.key) }

    /// The number of members.
    public var count: Int { members.count }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// Removes a member and returns the value it had.
    @discardableResult
    public mutating func removeValue(forKey key: String) -> JSONValue? {
        let position = position(of: key)
        return position.isPresent ? members.remove(at: position.index).value : nil
    }

    /// The same keys with other values.
    public func mapValues<Failure: Error>(
        _ transform: (JSONValue) throws(Failure) -> JSONValue
    ) throws(Failure) -> JSONObject {
        var result = self
        for index in result.members.indices {
            result.members[index].value = try transform(result.members[index].value)
        }
        return result
    }

    /// Where a key is, or where it would be inserted.
    private func position(of key: String) -> (index: Int, isPresent: Bool) {
        // Most objects are built in order: look at the end first.
        guard let last = members.last else { return (0, false) }
        let order = UTF8Order.compare(last.key, key)
        if order < 0 { return (members.count, false) }
        if order == 0 { return (members.count - 1, true) }
        var low = 0
        var high = members.count - 1
        while low < high {
            let middle = (low + high) / 2
            let order = UTF8Order.compare(members[middle].key, key)
            if order == 0 { return (middle, true) }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return (low, false)
    }
}

extension JSONObject: Sequence {
    /// Goes through the members in the order of their keys.
    public struct Iterator: IteratorProtocol {
        private var members: IndexingIterator<[Member]>

        fileprivate init(_ members: [Member]) {
            self.members = members.makeIterator()
        }

        /// The next member.
        public mutating func next() -> (key: String, value: JSONValue)? {
            members.next().map { (key: $0.key, value: $0.value) }
        }
    }

    /// Goes through the members in the order of their keys.
    public func makeIterator() -> Iterator {
        Iterator(members)
    }

    /// The number of members, which is exact.
    public var underestimatedCount: Int { members.count }
}

extension JSONObject: Hashable {
    /// Whether both have the same keys, byte for byte, with equal values.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count
            && zip(left.members, right.members).allSatisfy {
                UTF8Order.isEqual($0.key, $1.key) && $0.value == $1.value
            }
    }

    /// Hashes keys and values.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
        for member in members {
            hasher.combine(member.key)
            hasher.combine(member.value)
        }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object from a literal; of several members with the same key the last counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.lazy.map { (key: $0.0, value: $0.1) })
    }
}
