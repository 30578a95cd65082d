/// The prepared statements of one connection, the least recently used given up first.
struct StatementCache {
    /// A statement is the same when its text and the types of its parameters are.
    struct Key: Hashable {
        let text: String
        let types: [UInt32]

        func hash(into hasher: inout Hasher) {
            hasher.combine(text)
        }
    }

    /// What to do to run a statement.
    struct Entry {
        let name: String
        let isNew: Bool
        /// The name of a statement that was given up.
        let evicted: String?
    }

    private struct Slot {
        let name: String
        var lastUse: UInt64
    }

    private let capacity: Int
    private var slots: [Key: Slot] = [:]
    private var uses: UInt64 = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { slots.count }

    /// Finds a statement, or gives it a name that was never used on this connection.
    mutating func entry(for key: Key) -> Entry {
        uses += 1
        if let slot = slots[key] {
            slots[key]?.lastUse = uses
            return Entry(name: slot.name, isNew: false, evicted: nil)
        }
        var evicted: String?
        if slots.count >= capacity, let oldest = slots.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            slots[oldest.key] = nil
            evicted = oldest.value.name
        }
        let name = "s\(uses)"
        slots[key] = Slot(name: name, lastUse: uses)
        return Entry(name: name, isNew: true, evicted: evicted)
    }

    /// Forgets a statement if it still has this name.
    mutating func remove(_ key: Key, named name: String) {
        if slots[key]?.name == name { slots[key] = nil }
    }
}
