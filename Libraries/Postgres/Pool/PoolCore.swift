import Synchronization

/// What the pool's callers and its threads share.
final class PoolCore: Sendable {
    let configuration: PostgresConfiguration
    let context: ConnectionContext
    let wakes: [WakeUp]
    private let state: Mutex<PoolState>
    private let ending = EndSignal()

    init(configuration: PostgresConfiguration, onEvent: @escaping @Sendable (PostgresEvent) -> Void) {
        self.configuration = configuration
        context = ConnectionContext(onEvent: onEvent)
        wakes = (0..<configuration.size).map { _ in WakeUp() }
        state = Mutex(PoolState(size: configuration.size, maximumWaiting: configuration.maximumWaiting))
    }

    var statistics: PostgresStatistics { state.withLock { $0.snapshot } }

    func start() {
        guard state.withLock({ $0.start() }) else { return }
        for index in 0..<configuration.size {
            let isStarted = WorkerThread.start { ConnectionWorker(core: self, index: index).run() }
            if !isStarted { ended(worker: index) }
        }
    }

    func beginClosing(deadline: Int64) {
        let (orphans, isClosed) = state.withLock { ($0.beginClosing(deadline: deadline), $0.phase == .closed) }
        for job in orphans { job.finish(.failure(.closed)) }
        for wake in wakes { wake.signal() }
        if isClosed { ending.signal() }
    }

    func close(deadline: Duration) async {
        beginClosing(deadline: MonotonicClock.now() + deadline.nanoseconds)
        await ending.wait()
    }

    // MARK: For callers

    func run(_ statement: SQL) async throws(PostgresError) -> ResultSet {
        try await result(of: statement, Job(.statement(statement), deadline: acquireDeadline), on: nil)
    }

    func run(step statement: SQL, on lease: Lease) async throws(PostgresError) -> ResultSet {
        try await result(of: statement, Job(.step(statement), deadline: .max), on: lease)
    }

    func acquire(_ isolation: Isolation) async throws(PostgresError) -> Lease {
        let outcome = await perform(Job(.lease(isolation), deadline: acquireDeadline), on: nil, isCancellable: true)
        guard case .lease(let lease) = try outcome.get() else { throw .closed }
        return lease
    }

    func commit(_ lease: Lease) async throws(PostgresError) {
        _ = try await perform(Job(.commit, deadline: .max), on: lease, isCancellable: false).get()
    }

    /// A connection that can't roll back is closed, which rolls back too: there is no failure to report.
    func rollBack(_ lease: Lease) async {
        _ = await perform(Job(.rollback, deadline: .max), on: lease, isCancellable: false)
    }

    private var acquireDeadline: Int64 { MonotonicClock.now() + configuration.acquireTimeout.nanoseconds }

    private func result(of statement: SQL, _ job: Job, on lease: Lease?) async throws(PostgresError) -> ResultSet {
        guard statement.isSendable else { throw .invalidStatement }
        let outcome = await perform(job, on: lease, isCancellable: true)
        guard case .result(let result) = try outcome.get() else { throw .closed }
        return result
    }

    private func perform(_ job: Job, on lease: Lease?, isCancellable: Bool) async -> Job.Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                job.await(continuation)
                admit(job, on: lease)
            }
        } onCancel: {
            if isCancellable { cancel(job, on: lease) }
        }
    }

    private func admit(_ job: Job, on lease: Lease?) {
        guard !job.isFinished else { return }
        let admission = state.withLock { state in
            if let lease { state.submit(job, on: lease) } else { state.submit(job) }
        }
        switch admission {
        case .accepted(let worker): if let worker { wakes[worker].signal() }
        case .refused(let error): job.finish(.failure(error))
        }
    }

    private func cancel(_ job: Job, on lease: Lease?) {
        guard job.finish(.failure(.cancelled)) else { return }
        if let worker = state.withLock({ $0.cancel(job, lease: lease) }) { wakes[worker].signal() }
    }

    // MARK: For the threads

    func next(worker: Int, inFlight: Int, now: Int64) -> PoolState.Assignment {
        state.withLock { $0.next(worker: worker, inFlight: inFlight, limit: configuration.maximumPipeline, now: now) }
    }

    func mayEnd(worker: Int) -> Bool {
        state.withLock { $0.mayEnd(worker: worker, inFlight: 0, now: MonotonicClock.now()) }
    }

    /// What a worker does while it connects: looks after what waits, and whether it is still wanted.
    func attend(worker: Int) -> () -> Bool {
        {
            self.expire()
            return self.mayEnd(worker: worker)
        }
    }

    func expire() {
        for job in state.withLock({ $0.expire(now: MonotonicClock.now()) }) {
            job.finish(.failure(.timedOut(.acquisition)))
        }
    }

    func connected(worker: Int) {
        state.withLock { $0.connected(worker: worker) }
        context.onEvent(.connected)
    }

    func connectFailed(worker: Int, reason: String) {
        let orphans = state.withLock { $0.connectFailed(worker: worker) }
        for job in orphans { job.finish(.failure(.unreachable)) }
        context.onEvent(.connectFailed(reason: reason))
    }

    func lost(worker: Int) {
        for job in state.withLock({ $0.lost(worker: worker) }) { job.finish(.failure(.unreachable)) }
    }

    func release(worker: Int) {
        state.withLock { $0.release(worker: worker) }
    }

    func countPrepared() {
        state.withLock { $0.countPrepared() }
    }

    func ended(worker: Int) {
        let (orphans, isLast) = state.withLock { $0.ended(worker: worker) }
        for job in orphans { job.finish(.failure(.closed)) }
        if isLast { ending.signal() }
    }
}
