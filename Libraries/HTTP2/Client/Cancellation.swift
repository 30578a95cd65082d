import Synchronization

/// Brings a task's cancellation and its exchange together, whichever comes first.
final class Cancellation: Sendable {
    private struct State {
        var exchange: Exchange?
        var isCancelled = false
    }

    private let state = Mutex(State())

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// True when the task was cancelled before.
    func attach(_ exchange: Exchange) -> Bool {
        state.withLock { state in
            state.exchange = exchange
            return state.isCancelled
        }
    }

    /// The exchange to cancel, once there is one.
    func cancel() -> Exchange? {
        state.withLock { state in
            state.isCancelled = true
            return state.exchange
        }
    }
}
