import Synchronization

/// Tells those that loop whether to go on.
final class Flag: Sendable {
    private let state: Mutex<Bool>

    init(_ isUp: Bool) {
        state = Mutex(isUp)
    }

    var isUp: Bool { state.withLock { $0 } }

    func lower() { state.withLock { $0 = false } }
}
