import Glibc
import Synchronization

/// What other threads leave for a server's thread, and what it lets them see.
final class ServerInbox: Sendable {
    private enum Phase { case idle, running, ended }

    private struct State {
        var phase = Phase.idle
        var commands: [ServerCommand] = []
        /// Whether the thread will look here before it waits again.
        var isAwake = false
        var port = 0
        var counts = HTTP2ServerCounts()
        var open: [Int: HTTP2ServerConnection] = [:]
        var stopWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let poller: Poller

    init(poller: Poller) {
        self.poller = poller
    }

    // MARK: Any thread

    var port: Int { state.withLock { $0.port } }

    var counts: HTTP2ServerCounts { state.withLock { $0.counts } }

    var openConnections: [HTTP2ServerConnection] {
        state.withLock { $0.open.values.sorted { $0.id < $1.id } }
    }

    /// Starts the thread, the first time; false when that was done before or there is no thread.
    func start(port: Int, launch: () -> Bool) -> Bool {
        state.withLock { state in
            guard state.phase == .idle, launch() else { return false }
            state.phase = .running
            state.isAwake = true
            state.port = port
            return true
        }
    }

    func add(_ command: ServerCommand) {
        state.withLock { state in
            guard state.phase == .running else { return }
            state.commands.append(command)
            guard !state.isAwake else { return }
            state.isAwake = true
            poller.wake()
        }
    }

    /// Begins the end; nobody waits for it.
    func stop(deadline: ContinuousClock.Instant) {
        state.withLock { state in
            if state.phase == .idle { state.phase = .ended }
        }
        add(.stop(deadline))
    }

    /// Begins the end, and returns when it has come.
    func stopAndWait(deadline: ContinuousClock.Instant) async {
        stop(deadline: deadline)
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.phase != .ended { state.stopWaiters.append(continuation) }
                return state.phase == .ended
            }
            if isOver { continuation.resume() }
        }
    }

    // MARK: The server's thread

    func take() -> [ServerCommand] {
        state.withLock { state in
            defer { state.commands.removeAll() }
            return state.commands
        }
    }

    /// Makes what the thread has counted readable.
    func publish(_ counts: HTTP2ServerCounts) {
        state.withLock { $0.counts = counts }
    }

    /// Whether the thread may wait now; what it counted becomes readable.
    func mayWait(_ counts: HTTP2ServerCounts) -> Bool {
        state.withLock { state in
            state.counts = counts
            state.isAwake = !state.commands.isEmpty
            return !state.isAwake
        }
    }

    func opened(_ connection: HTTP2ServerConnection) {
        state.withLock { $0.open[connection.id] = connection }
    }

    func closed(_ id: Int) {
        state.withLock { $0.open[id] = nil }
    }

    /// The thread has ended.
    func end(_ counts: HTTP2ServerCounts) {
        let waiters = state.withLock { state in
            state.phase = .ended
            state.counts = counts
            defer { state.stopWaiters = [] }
            return state.stopWaiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
