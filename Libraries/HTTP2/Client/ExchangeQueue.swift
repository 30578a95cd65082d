/// Exchanges that wait for a stream, in the order of their submission.
struct ExchangeQueue {
    /// From the head on; those before it are taken.
    private var exchanges: [Exchange?] = []
    private var head = 0
    /// Those that wait again, the first one last.
    private var returned: [Exchange] = []
    /// Those among them that have an outcome already.
    private var finished = 0

    /// How many wait.
    var count: Int { exchanges.count - head + returned.count - finished }

    var isEmpty: Bool { count == 0 }

    mutating func append(_ exchange: Exchange) {
        exchanges.append(exchange)
    }

    /// Puts exchanges that had left back into their places, before all that never left.
    mutating func putBack(_ exchanges: [Exchange]) {
        returned = (returned + exchanges).sorted { $0.sequence > $1.sequence }
    }

    /// Takes the first one that has no outcome yet.
    mutating func popFirst() -> Exchange? {
        while let exchange = popAny() {
            guard exchange.isFinished else { return exchange }
            finished -= 1
        }
        return nil
    }

    private mutating func popAny() -> Exchange? {
        if let exchange = returned.popLast() { return exchange }
        guard head < exchanges.count else { return nil }
        defer {
            exchanges[head] = nil
            head += 1
            if head == exchanges.count {
                exchanges.removeAll(keepingCapacity: head < 4_096)
                head = 0
            } else if head >= 4_096, head * 2 >= exchanges.count {
                exchanges.removeFirst(head)
                head = 0
            }
        }
        return exchanges[head]
    }

    /// Notes that an exchange that waits has got its outcome.
    mutating func noteFinished() {
        finished += 1
    }

    /// Takes all that have no outcome yet.
    mutating func removeAll() -> [Exchange] {
        defer { self = ExchangeQueue() }
        return all
    }

    /// All that have no outcome yet, in their order.
    var all: [Exchange] {
        returned.reversed().filter { !$0.isFinished } + exchanges[head...].compactMap { $0 }.filter { !$0.isFinished }
    }
}
