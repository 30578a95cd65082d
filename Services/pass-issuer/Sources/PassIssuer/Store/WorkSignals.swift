import ServiceKit

/// Wakes what rests until there is work, when this replica leaves some. What another one leaves, or a crash, is found by
/// looking, which goes on all the same.
struct WorkSignals: Sendable {
    /// Whoever treats rollouts.
    let rollouts = WakeUp()
    private let lanes = Dictionary(uniqueKeysWithValues: OutboxLane.all.map { ($0, WakeUp()) })

    /// Whoever sends the messages of a lane on which any are sent.
    func delivery(of lane: OutboxLane) -> WakeUp {
        guard let wakeUp = lanes[lane] else { preconditionFailure("nothing is sent on this lane") }
        return wakeUp
    }

    /// Messages of these kinds are in the outbox.
    func left(_ kinds: [OutboxKind], isBulk: Bool = false) {
        for destination in Set(kinds.map(\.destination)) {
            lanes[OutboxLane(destination: destination, isBulk: isBulk)]?.signal()
        }
    }
}
