import Synchronization

/// What the threads of the callers leave for the client's thread.
final class ClientInbox: Sendable {
    /// What there is to do.
    struct Content {
        var submitted: [Exchange] = []
        var cancelled: [Exchange] = []
        /// Addresses that were looked up, or why there are none.
        var resolved: Resolver.Outcome?
        /// Until when the running requests may finish, once the client is shut down.
        var stopDeadline: ContinuousClock.Instant?
    }

    private enum Phase { case idle, running, stopping, ended }

    private struct State {
        var content = Content()
        var phase = Phase.idle
        /// Whether the thread will look here before it waits again.
        var isAwake = false
        /// Streams that were free when the thread looked last, less the requests that waited then.
        var free = 1
        var sequence = 0
        var stopWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let poller: Poller

    init(poller: Poller) {
        self.poller = poller
    }

    // MARK: The callers' threads

    /// False when the client was shut down, or its thread cannot be started.
    func submit(_ exchange: Exchange, launch: () -> Bool) -> Bool {
        state.withLock { state in
            if state.phase == .idle {
                guard launch() else { return false }
                state.phase = .running
                state.isAwake = true
            }
            guard state.phase == .running else { return false }
            exchange.sequence = state.sequence
            state.sequence += 1
            state.content.submitted.append(exchange)
            wake(&state)
            return true
        }
    }

    func cancel(_ exchange: Exchange) {
        // Before the message: whichever of the two the thread sees first, it sees the mark.
        exchange.isCancelled.store(true, ordering: .sequentiallyConsistent)
        state.withLock { state in
            state.content.cancelled.append(exchange)
            wake(&state)
        }
    }

    func deliver(_ addresses: Resolver.Outcome) {
        state.withLock { state in
            state.content.resolved = addresses
            wake(&state)
        }
    }

    /// Begins the end; nobody waits for it.
    func stop(deadline: ContinuousClock.Instant) {
        state.withLock { stop(&$0, deadline: deadline) }
    }

    /// Begins the end, and returns when it has come.
    func stopAndWait(deadline: ContinuousClock.Instant) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                stop(&state, deadline: deadline)
                if state.phase != .ended { state.stopWaiters.append(continuation) }
                return state.phase == .ended
            }
            if isOver { continuation.resume() }
        }
    }

    private func stop(_ state: inout State, deadline: ContinuousClock.Instant) {
        switch state.phase {
        case .idle: state.phase = .ended
        case .running, .stopping:
            state.phase = .stopping
            state.content.stopDeadline = min(deadline, state.content.stopDeadline ?? deadline)
            wake(&state)
        case .ended: break
        }
    }

    var capacity: Int { state.withLock { max(0, $0.free - $0.content.submitted.count) } }

    private func wake(_ state: inout State) {
        guard !state.isAwake else { return }
        state.isAwake = true
        poller.wake()
    }

    // MARK: The client's thread

    func take() -> Content {
        state.withLock { state in
            defer {
                state.content = Content()
            }
            return state.content
        }
    }

    /// Tells how many streams are free, and says whether the thread may wait now.
    func mayWait(free: Int) -> Bool {
        state.withLock { state in
            state.free = free
            let isEmpty =
                state.content.submitted.isEmpty && state.content.cancelled.isEmpty && state.content.resolved == nil
                && state.content.stopDeadline == nil
            state.isAwake = !isEmpty
            return isEmpty
        }
    }

    /// The thread has ended; what was submitted last is handed back.
    func end() -> [Exchange] {
        let (waiters, left) = state.withLock { state in
            state.phase = .ended
            defer {
                state.content = Content()
                state.stopWaiters = []
            }
            return (state.stopWaiters, state.content.submitted)
        }
        for waiter in waiters { waiter.resume() }
        return left
    }
}
