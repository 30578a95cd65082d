import CPostgres
import Glibc
import Synchronization

/// Listens to channels on a connection of its own, made with the first of them.
final class Listener: Sendable {
    private typealias Continuation = AsyncStream<PostgresNotification>.Continuation

    private struct State {
        var streams: [String: [Int: Continuation]] = [:]
        var lastStream = 0
        /// The channels that the connection listens to.
        var live: Set<String> = []
        var isRunning = false
        var isClosed = false
    }

    private let configuration: PostgresConfiguration
    private let context: ConnectionContext
    private let wake = WakeUp()
    private let state = Mutex(State())
    private let ending = EndSignal()

    init(configuration: PostgresConfiguration, onEvent: @escaping @Sendable (PostgresEvent) -> Void) {
        self.configuration = configuration
        context = ConnectionContext(onEvent: onEvent)
    }

    func listen(_ channel: String) -> AsyncStream<PostgresNotification> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: PostgresNotification.self, bufferingPolicy: .bufferingNewest(1024))
        enum Step { case start, signal, refuse }
        let (step, number): (Step, Int) = state.withLock { state in
            guard !state.isClosed else { return (.refuse, 0) }
            state.lastStream += 1
            state.streams[channel, default: [:]][state.lastStream] = continuation
            if state.live.contains(channel) { continuation.yield(.missed) }
            defer { state.isRunning = true }
            return (state.isRunning ? .signal : .start, state.lastStream)
        }
        continuation.onTermination = { [weak self] _ in self?.forget(channel, number) }
        switch step {
        case .start:
            if !WorkerThread.start({ self.run() }) {
                close()
                ending.signal()
            }
        case .signal: wake.signal()
        case .refuse: continuation.finish()
        }
        return stream
    }

    private func forget(_ channel: String, _ number: Int) {
        state.withLock { state in
            state.streams[channel]?[number] = nil
            if state.streams[channel]?.isEmpty == true { state.streams[channel] = nil }
        }
        wake.signal()
    }

    func close() {
        let (streams, wasRunning) = state.withLock { state in
            defer {
                state.isClosed = true
                state.streams = [:]
            }
            return (state.streams.values.flatMap(\.values), state.isRunning)
        }
        for stream in streams { stream.finish() }
        if wasRunning { wake.signal() } else { ending.signal() }
    }

    func ended() async {
        await ending.wait()
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    // MARK: The thread

    private func run() {
        let connector = Connector(configuration: configuration, context: context, wake: wake)
        var failures = 0
        while !isClosed {
            switch connector.connect(whileWaiting: { isClosed }) {
            case .ready(let connection):
                failures = 0
                context.onEvent(.connected)
                serve(connection, connector)
                state.withLock { $0.live = [] }
                if !isClosed { context.onEvent(.disconnected(reason: .socket)) }
            case .failed(let reason):
                guard !isClosed else { break }
                failures += 1
                context.onEvent(.connectFailed(reason: reason))
            }
            if !isClosed { pause(afterFailures: max(1, failures)) }
        }
        ending.signal()
    }

    private func pause(afterFailures failures: Int) {
        let pause = configuration.backoff.pause(afterFailures: failures, random: .random(in: 0...1))
        let end = MonotonicClock.now() + pause.nanoseconds
        while !isClosed {
            let rest = end - MonotonicClock.now()
            guard rest > 0 else { return }
            _ = wake.wait(socket: -1, for: 0, milliseconds: rest / 1_000_000 + 1)
        }
    }

    private func serve(_ connection: borrowing Connection, _ connector: Connector) {
        while !isClosed {
            guard update(connection, connector) else { return }
            deliver(connection)
            let events = wake.wait(socket: connection.socket, for: Int32(POLLIN), milliseconds: nil)
            if events.isSocketReady {
                guard connection.consumeInput() else { return }
                // Parses what was read, so that notifications come out.
                _ = connection.isBusy
            }
        }
    }

    /// Makes the connection listen to what is wanted; false when the connection failed.
    private func update(_ connection: borrowing Connection, _ connector: Connector) -> Bool {
        let (wanted, live) = state.withLock { (Set($0.streams.keys), $0.live) }
        let added = wanted.subtracting(live)
        let removed = live.subtracting(wanted)
        guard !added.isEmpty || !removed.isEmpty else { return true }
        let text =
            (added.map { "LISTEN \(SQL.quoted($0))" } + removed.map { "UNLISTEN \(SQL.quoted($0))" })
            .joined(separator: "; ")
        let deadline = MonotonicClock.now() + configuration.statementTimeout.nanoseconds
        guard connection.sendSimple(text),
            connector.drain(connection, deadline: deadline, isCancelled: { isClosed })
        else { return false }
        let streams = state.withLock { state in
            state.live = wanted
            return added.flatMap { (state.streams[$0] ?? [:]).values }
        }
        for stream in streams { stream.yield(.missed) }
        return true
    }

    private func deliver(_ connection: borrowing Connection) {
        while let notification = connection.nextNotification() {
            let streams = state.withLock { Array(($0.streams[notification.channel] ?? [:]).values) }
            for stream in streams {
                // A stream that is not read in time has lost its oldest element, and is told so.
                if case .dropped = stream.yield(.payload(notification.payload)) { stream.yield(.missed) }
            }
        }
    }
}
