import Contracts

/// Operations that somebody waits for, on their way from the one who waits to the queue's own tasks: the work goes on
/// when the wait is over.
struct UrgentWork: Sendable {
    /// Operations that are taken already, to be done in their order.
    let operations: [LeasedOperation]
    /// When the wait is over: what has no place in the pace until then is left to the queue.
    let deadline: ContinuousClock.Instant
    private let finished: AsyncStream<Void>.Continuation
    /// Ends when the work is done or left.
    let end: AsyncStream<Void>

    init(_ operations: [LeasedOperation], until deadline: ContinuousClock.Instant) {
        self.operations = operations
        self.deadline = deadline
        (end, finished) = AsyncStream.makeStream(of: Void.self)
    }

    /// Lets the one who waits go on.
    func finish() { finished.finish() }

    /// Waits for the end of the work, until the deadline at most.
    func wait() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in end {} }
            // Cancelled when the work ends first.
            group.addTask { try? await Task.sleep(until: deadline, clock: .continuous) }
            await group.next()
            group.cancelAll()
        }
    }
}
