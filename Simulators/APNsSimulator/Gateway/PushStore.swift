/// The newest push for each token and topic, as Apple keeps it for a phone that is away.
struct PushStore {
    private struct Place: Hashable {
        let token: String
        let topic: String
    }

    /// Places beyond which the one whose push is the oldest is given up.
    private let capacity: Int
    private var newest: [Place: APNsPush] = [:]
    private var topics: [String: [String]] = [:]
    /// Pushes in their order; those that a newer one replaced are passed over.
    private var order: [(sequence: Int, place: Place)] = []
    private(set) var lastSequence = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Keeps a push, and tells its number in all and for its token and topic.
    mutating func add(_ push: APNsPush) -> APNsPush {
        let place = Place(token: push.token, topic: push.topic)
        lastSequence += 1
        var push = push
        push.sequence = lastSequence
        if let before = newest[place] {
            push.count = before.count + 1
        } else {
            topics[push.token, default: []].append(push.topic)
        }
        newest[place] = push
        order.append((lastSequence, place))
        makeRoom()
        return push
    }

    /// Gives up a tenth at once, so that not every further push costs a walk through all.
    private mutating func makeRoom() {
        if newest.count > capacity {
            let goal = capacity - capacity / 10
            for entry in order where newest[entry.place]?.sequence == entry.sequence {
                guard newest.count > goal else { break }
                remove(entry.place)
            }
        }
        if order.count > 2 * newest.count + 1_024 {
            order.removeAll { newest[$0.place]?.sequence != $0.sequence }
        }
    }

    private mutating func remove(_ place: Place) {
        newest[place] = nil
        topics[place.token]?.removeAll { $0 == place.topic }
        if topics[place.token]?.isEmpty == true { topics[place.token] = nil }
    }

    /// The newest pushes for a token that came after a number, in their order.
    func pushes(for token: String, after sequence: Int) -> [APNsPush] {
        (topics[token] ?? []).compactMap { newest[Place(token: token, topic: $0)] }
            .filter { $0.sequence > sequence }.sorted { $0.sequence < $1.sequence }
    }

    /// The newest pushes of all tokens that came after a number, in their order.
    func pushes(after sequence: Int, limit: Int) -> [APNsPush] {
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if order[middle].sequence > sequence { high = middle } else { low = middle + 1 }
        }
        var found: [APNsPush] = []
        for entry in order[low...] where found.count < limit {
            if let push = newest[entry.place], push.sequence == entry.sequence { found.append(push) }
        }
        return found
    }

    /// Forgets all pushes; their numbers go on.
    mutating func removeAll() {
        newest = [:]
        topics = [:]
        order = []
    }
}
