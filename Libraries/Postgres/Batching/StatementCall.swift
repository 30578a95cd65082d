import Synchronization

/// One caller's part of a statement for many, from its beginning to its answer.
public final class StatementCall<Input: Sendable, Output: Sendable>: Sendable {
    typealias Outcome = Result<Output, PostgresError>

    private enum State {
        case underWay
        case awaited(CheckedContinuation<Outcome, Never>)
        case ended(Outcome)
    }

    let input: Input
    private let state = Mutex(State.underWay)

    init(_ input: Input) {
        self.input = input
    }

    /// The answer, waited for by one caller at a time. One that is cancelled waits for it all the same.
    public var answer: Output {
        get async throws(PostgresError) {
            if case .ended(let outcome) = state.withLock({ $0 }) { return try outcome.get() }
            return try await withCheckedContinuation { continuation in
                let early: Outcome? = state.withLock { state in
                    if case .ended(let outcome) = state { return outcome }
                    if case .awaited = state { preconditionFailure("a call's answer is waited for by one at a time") }
                    state = .awaited(continuation)
                    return nil
                }
                if let early { continuation.resume(returning: early) }
            }.get()
        }
    }

    /// Whether somebody waits for the answer.
    var isAwaited: Bool {
        state.withLock { if case .awaited = $0 { true } else { false } }
    }

    func end(_ outcome: Outcome) {
        let waiting: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            defer { state = .ended(outcome) }
            return if case .awaited(let continuation) = state { continuation } else { nil }
        }
        waiting?.resume(returning: outcome)
    }
}
