/// Messages to one service that are sent beside all others: a service that is away, and a rollout, hold nobody else up.
struct OutboxLane: Sendable, Hashable {
    let destination: OutboxDestination
    /// Whether it is for what may wait behind messages about single passes.
    let isBulk: Bool

    /// How many messages are under way at once.
    var width: Int { isBulk ? 2 : 8 }

    /// The kinds that are sent on it.
    var kinds: [OutboxKind] { OutboxKind.allCases.filter { $0.destination == destination } }

    /// Every lane on which anything is sent.
    static let all = OutboxDestination.allCases.flatMap { destination in
        [OutboxLane(destination: destination, isBulk: false), OutboxLane(destination: destination, isBulk: true)]
    }.filter { !$0.kinds.isEmpty }
}
