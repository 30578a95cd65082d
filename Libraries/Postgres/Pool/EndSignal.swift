import Synchronization

/// Lets tasks wait for something that happens once.
final class EndSignal: Sendable {
    private struct State {
        var isSignalled = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func signal() {
        let waiters = state.withLock { state in
            state.isSignalled = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.isSignalled { state.waiters.append(continuation) }
                return state.isSignalled
            }
            if isOver { continuation.resume() }
        }
    }
}
