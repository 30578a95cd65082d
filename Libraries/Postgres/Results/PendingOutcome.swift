import Synchronization

/// What comes of something, and the place where the one who wants it waits: known once, and from then on.
public final class PendingOutcome<Answer: Sendable>: Sendable {
    typealias Outcome = Result<Answer, PostgresError>

    private enum State {
        case unknown
        case awaited(CheckedContinuation<Outcome, Never>)
        case known(Outcome)
    }

    private let state = Mutex(State.unknown)

    /// The answer, waited for by one caller at a time. One that is cancelled waits for it all the same.
    public var answer: Answer {
        get async throws(PostgresError) {
            if let known { return try known.get() }
            return try await withCheckedContinuation { self.await($0) }.get()
        }
    }

    /// Whether somebody waits for it.
    var isAwaited: Bool {
        state.withLock { if case .awaited = $0 { true } else { false } }
    }

    /// The outcome when it is known.
    var known: Outcome? {
        state.withLock { if case .known(let outcome) = $0 { outcome } else { nil } }
    }

    /// Takes the continuation of the one who waits; resumes it at once when the outcome is known.
    func await(_ continuation: CheckedContinuation<Outcome, Never>) {
        let outcome: Outcome? = state.withLock { state in
            switch state {
            case .known(let outcome): return outcome
            case .awaited: preconditionFailure("an outcome is waited for by one at a time")
            case .unknown:
                state = .awaited(continuation)
                return nil
            }
        }
        if let outcome { continuation.resume(returning: outcome) }
    }

    /// Makes it known to whoever waits; false when another one is known already.
    @discardableResult
    func settle(_ outcome: Outcome) -> Bool {
        let (isFirst, continuation): (Bool, CheckedContinuation<Outcome, Never>?) = state.withLock { state in
            switch state {
            case .known: return (false, nil)
            case .unknown:
                state = .known(outcome)
                return (true, nil)
            case .awaited(let continuation):
                state = .known(outcome)
                return (true, continuation)
            }
        }
        continuation?.resume(returning: outcome)
        return isFirst
    }
}
