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

    typealias Outcome = PendingOutcome<Answer>.Outcome

    let work: Work
    let deadline: Int64
    /// When it was made.
    let createdAt = MonotonicClock.now()
    private let outcome = PendingOutcome<Answer>()

    init(_ work: Work, deadline: Int64) {
        self.work = work
        self.deadline = deadline
    }

    var isFinished: Bool { outcome.known != nil }

    /// Takes the caller's continuation; resumes it at once if the job was cancelled before.
    func await(_ continuation: CheckedContinuation<Outcome, Never>) {
        outcome.await(continuation)
    }

    /// Resumes the caller; false if it has its outcome already.
    @discardableResult
    func finish(_ outcome: Outcome) -> Bool {
        self.outcome.settle(outcome)
    }
}
