import Dispatch
import Glibc
import Synchronization

/// SIGTERM and SIGINT: the first asks for an orderly end, one that comes a second later ends the process at once.
final class StopSignals: Sendable {
    /// `timeout`, terminals and supervisors signal a process and its group: two signals at once are one wish.
    private static let echo = Duration.seconds(1)

    private struct State {
        var sources: [any DispatchSourceSignal] = []
        var received: (number: Int32, at: ContinuousClock.Instant)?
        var waiting: CheckedContinuation<Int32?, Never>?
    }

    private let state = Mutex(State())

    /// Begins to catch them.
    func start() {
        // A peer that goes away must not end the process.
        signal(SIGPIPE, SIG_IGN)
        state.withLock { $0.sources = [makeSource(SIGTERM), makeSource(SIGINT)] }
    }

    private func makeSource(_ number: Int32) -> any DispatchSourceSignal {
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { [weak self] in self?.receive(number) }
        source.resume()
        return source
    }

    /// The first signal; nil when the task is cancelled before it comes.
    func first() async -> Int32? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known = state.withLock { state -> Int32?? in
                    if let received = state.received { return .some(received.number) }
                    if Task.isCancelled { return .some(nil) }
                    state.waiting = continuation
                    return nil
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            takeWaiting()?.resume(returning: nil)
        }
    }

    func receive(_ number: Int32) {
        let isInsisting = state.withLock { state in
            let now = ContinuousClock.now
            guard let first = state.received else {
                state.received = (number, now)
                return false
            }
            return first.at.duration(to: now) >= Self.echo
        }
        if isInsisting { _exit(128 + number) }
        takeWaiting()?.resume(returning: number)
    }

    private func takeWaiting() -> CheckedContinuation<Int32?, Never>? {
        state.withLock { state in
            defer { state.waiting = nil }
            return state.waiting
        }
    }
}
