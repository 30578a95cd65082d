import Synchronization

/// Work for a connection, and the place where its caller waits.
final class Job: Sendable {
    /// What is to be done.
    enum Work: Sendable {
        /// A statement alone, in a transaction of its own.
        case statement(SQL)
        /// A connection for a transaction.
        case lease(Isolation)
        /// A statement of the transaction that holds the connection.
        case step(SQL)
        /// The end of that transaction.
        case commit
        case rollback
    }

    /// What came of it.
    enum Answer: Sendable {
        case result(ResultSet)
        case lease(Lease)
        case ended
    }

    typealias Outcome = Result<Answer, PostgresError>

    private enum State {
        case created
        case awaited(CheckedContinuation<Outcome, Never>)
        case finished(Outcome)
    }

    let work: Work
    let deadline: Int64
    /// When it was made.
    let createdAt = MonotonicClock.now()
    private let state = Mutex(State.created)

    init(_ work: Work, deadline: Int64) {
        self.work = work
        self.deadline = deadline
    }

    var isFinished: Bool {
        state.withLock { if case .finished = $0 { true } else { false } }
    }

    /// Takes the caller's continuation; resumes it at once if the job was cancelled before.
    func await(_ continuation: CheckedContinuation<Outcome, Never>) {
        let outcome: Outcome? = state.withLock { state in
            if case .finished(let outcome) = state { return outcome }
            state = .awaited(continuation)
            return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
    }

    /// Resumes the caller; false if it has its outcome already.
    @discardableResult
    func finish(_ outcome: Outcome) -> Bool {
        let (isFirst, continuation): (Bool, CheckedContinuation<Outcome, Never>?) = state.withLock { state in
            switch state {
            case .finished: return (false, nil)
            case .created:
                state = .finished(outcome)
                return (true, nil)
            case .awaited(let continuation):
                state = .finished(outcome)
                return (true, continuation)
            }
        }
        continuation?.resume(returning: outcome)
        return isFirst
    }
}
