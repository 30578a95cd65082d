import Synchronization

/// Whether the process can do its work.
final class Readiness: Sendable {
    enum State: Sendable, Equatable {
        case migrating(reason: String?)
        case ready
        case stopping
    }

    private let current = Mutex(State.migrating(reason: nil))

    var state: State { current.withLock { $0 } }

    /// Takes the new state; stopping is the last one.
    func set(_ state: State) {
        current.withLock { current in
            if current != .stopping { current = state }
        }
    }
}
