import Synchronization

/// A cache of bounded cost that drops what was used longest ago.
public final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let maximumCost: Int
    private let requests: Counter?
    private let state = Mutex(State())

    /// Makes an empty cache.
    ///
    /// - Parameters:
    ///   - maximumCost: the sum of the costs that are kept, in whatever unit the callers use.
    ///   - requests: counts what is asked for; its label says whether it was kept (`hit`, `miss`).
    public init(maximumCost: Int, requests: Counter? = nil) {
        self.maximumCost = maximumCost
        self.requests = requests
        for result in ["hit", "miss"] { requests?.increment(by: 0, result) }
    }

    /// The value under a key, which is now the one used last.
    public func value(for key: Key) -> Value? {
        let value: Value? = state.withLock { state in
            guard let slot = state.slots[key] else { return nil }
            state.moveToFront(slot)
            return state.entries[slot]?.value
        }
        requests?.increment(value == nil ? "miss" : "hit")
        return value
    }

    /// Keeps a value; one that costs more than the cache holds is not kept.
    public func insert(_ value: Value, for key: Key, cost: Int) {
        guard cost <= maximumCost else { return }
        // What is dropped is freed once the lock is: freeing takes longer than all the rest.
        _ = state.withLock { state in
            var dropped: [Entry] = []
            if let replaced = state.remove(key) { dropped.append(replaced) }
            state.insert(Entry(key: key, value: value, cost: cost))
            while state.cost > maximumCost, let last = state.last, let key = state.entries[last]?.key {
                if let oldest = state.remove(key) { dropped.append(oldest) }
            }
            return dropped
        }
    }

    /// The sum of the costs that are kept.
    public var cost: Int { state.withLock { $0.cost } }

    private struct Entry {
        let key: Key
        let value: Value
        let cost: Int
        var previous: Int?
        var next: Int?
    }

    /// A doubly linked list in an array: no allocation for each link, no reference cycles.
    private struct State {
        var slots: [Key: Int] = [:]
        var entries: [Entry?] = []
        var free: [Int] = []
        var first: Int?
        var last: Int?
        var cost = 0

        mutating func insert(_ entry: Entry) {
            let slot = free.popLast() ?? entries.count
            if slot == entries.count { entries.append(nil) }
            entries[slot] = entry
            slots[entry.key] = slot
            cost += entry.cost
            linkAtFront(slot)
        }

        mutating func remove(_ key: Key) -> Entry? {
            guard let slot = slots.removeValue(forKey: key), let entry = entries[slot] else { return nil }
            unlink(slot)
            cost -= entry.cost
            entries[slot] = nil
            free.append(slot)
            return entry
        }

        mutating func moveToFront(_ slot: Int) {
            guard first != slot else { return }
            unlink(slot)
            linkAtFront(slot)
        }

        private mutating func linkAtFront(_ slot: Int) {
            entries[slot]?.previous = nil
            entries[slot]?.next = first
            if let first { entries[first]?.previous = slot }
            first = slot
            if last == nil { last = slot }
        }

        private mutating func unlink(_ slot: Int) {
            let (previous, next) = (entries[slot]?.previous, entries[slot]?.next)
            if let previous { entries[previous]?.next = next } else { first = next }
            if let next { entries[next]?.previous = previous } else { last = previous }
        }
    }
}
