/// Who waits for what in a pool: a state machine without threads, sockets or clocks.
struct PoolState {
    enum Phase: Equatable {
        case new
        case running
        /// What was accepted may finish until this time.
        case closing(deadline: Int64)
        case closed
    }

    enum Availability: Equatable {
        /// Connecting for the first time, or at once after a loss.
        case connecting
        /// The last attempt failed.
        case failed
        /// Connected, for everyone.
        case shared
        /// Connected, for one transaction.
        case leased(serial: UInt64)
    }

    struct Worker {
        var availability = Availability.connecting
        /// Has nothing on its way and waits for a signal.
        var isSleeping = false
        /// Work of the transaction that holds the connection.
        var steps: [Job] = []
        /// The transaction's task was cancelled while a statement ran.
        var isCancelRequested = false
        /// The transaction's end has been handed in.
        var isEnding = false
        /// The transaction that lost its connection.
        var lostSerial: UInt64?
    }

    /// What a worker is to do next.
    struct Assignment {
        var jobs: [Job] = []
        /// The hold that the last of the jobs, a transaction's begin, is given.
        var lease: Lease?
        var isCancelRequested = false
        var mayEnd = false
        /// Nothing to do until a signal comes.
        var maySleep = false
    }

    private(set) var phase = Phase.new
    private(set) var workers: [Worker]
    private(set) var queue = JobQueue()
    private var endedWorkers = 0
    private var statistics = PostgresStatistics()
    private let maximumWaiting: Int
    private var lastSerial: UInt64 = 0

    init(size: Int, maximumWaiting: Int) {
        workers = Array(repeating: Worker(), count: size)
        self.maximumWaiting = maximumWaiting
    }

    /// What became of a job that was handed in.
    enum Admission {
        /// It waits; this worker is to be woken.
        case accepted(wake: Int?)
        case refused(PostgresError)
    }

    /// Counts and state.
    var snapshot: PostgresStatistics {
        var snapshot = statistics
        snapshot.waiting = queue.count
        for worker in workers {
            switch worker.availability {
            case .shared: snapshot.connected += 1
            case .leased:
                snapshot.connected += 1
                snapshot.pinned += 1
            case .connecting, .failed: break
            }
        }
        return snapshot
    }

    mutating func countPrepared() { statistics.prepared += 1 }

    mutating func start() -> Bool {
        guard phase == .new else { return false }
        phase = .running
        return true
    }

    mutating func submit(_ job: Job) -> Admission {
        guard phase == .running else { return .refused(phase == .new ? .unreachable : .closed) }
        guard !workers.allSatisfy({ $0.availability == .failed }) else { return .refused(.unreachable) }
        guard queue.count < maximumWaiting else { return .refused(.overloaded) }
        queue.append(job)
        return .accepted(wake: wakeSleeper())
    }

    /// One that can serve; else, for the first that waits, one that will look at the clock.
    private mutating func wakeSleeper() -> Int? {
        let server = workers.firstIndex { $0.isSleeping && $0.availability == .shared }
        let watcher = queue.count == 1 ? workers.firstIndex(where: \.isSleeping) : nil
        guard let index = server ?? watcher else { return nil }
        workers[index].isSleeping = false
        return index
    }

    /// Hands in work of a transaction.
    mutating func submit(_ job: Job, on lease: Lease) -> Admission {
        let worker = workers[lease.worker]
        guard worker.availability == .leased(serial: lease.serial), !worker.isEnding else {
            return .refused(worker.lostSerial == lease.serial ? .unreachable : .transactionEnded)
        }
        if case .step = job.work {} else { workers[lease.worker].isEnding = true }
        workers[lease.worker].steps.append(job)
        workers[lease.worker].isSleeping = false
        return .accepted(wake: worker.isSleeping ? lease.worker : nil)
    }

    /// Gives a worker its next jobs; `inFlight` are unanswered on its connection.
    mutating func next(worker index: Int, inFlight: Int, limit: Int, now: Int64) -> Assignment {
        var assignment = Assignment()
        switch workers[index].availability {
        case .leased:
            swap(&assignment.jobs, &workers[index].steps)
            swap(&assignment.isCancelRequested, &workers[index].isCancelRequested)
        case .shared: takeShared(worker: index, limit: limit - inFlight, now: now, into: &assignment)
        case .connecting, .failed: break
        }
        let isIdle = assignment.jobs.isEmpty && inFlight == 0
        assignment.mayEnd = mayEnd(worker: index, inFlight: inFlight + assignment.jobs.count, now: now)
        workers[index].isSleeping = isIdle && !assignment.mayEnd
        // With jobs waiting, someone has to look at the clock for them.
        assignment.maySleep = workers[index].isSleeping && queue.isEmpty
        if !assignment.jobs.isEmpty {
            statistics.statements += assignment.jobs.count
            statistics.batches += 1
        }
        return assignment
    }

    private mutating func takeShared(worker index: Int, limit: Int, now: Int64, into assignment: inout Assignment) {
        guard !queue.isEmpty else { return }
        // An even share: a statement is answered sooner by another connection than behind others on this one.
        let sharers = max(1, workers.count { $0.availability == .shared })
        var share = min(limit, (queue.count + sharers - 1) / sharers)
        while share > 0, let job = queue.popFirst() {
            assignment.jobs.append(job)
            statistics.waitedNanoseconds += max(0, now - job.createdAt)
            share -= 1
            if case .lease = job.work {
                lastSerial += 1
                workers[index].availability = .leased(serial: lastSerial)
                assignment.lease = Lease(worker: index, serial: lastSerial)
                return
            }
        }
    }

    /// The transaction is over; the connection is for everyone again.
    mutating func release(worker index: Int) {
        guard case .leased = workers[index].availability else { return }
        workers[index] = Worker(availability: .shared)
    }

    mutating func connected(worker index: Int) {
        workers[index].availability = .shared
        statistics.connections += 1
    }

    /// The connection is gone; returns the work that was never sent.
    mutating func lost(worker index: Int) -> [Job] {
        let steps = workers[index].steps
        var lost = Worker()
        if case .leased(let serial) = workers[index].availability { lost.lostSerial = serial }
        workers[index] = lost
        return steps
    }

    /// An attempt to connect failed; returns the jobs that wait in vain.
    mutating func connectFailed(worker index: Int) -> [Job] {
        workers[index].availability = .failed
        guard workers.allSatisfy({ $0.availability == .failed }) else { return [] }
        return queue.removeAll()
    }

    /// Returns the jobs that have waited too long.
    mutating func expire(now: Int64) -> [Job] {
        queue.popExpired(now: now)
    }

    /// Forgets a cancelled job; returns the worker to wake so that it stops a statement of a transaction.
    mutating func cancel(_ job: Job, lease: Lease?) -> Int? {
        queue.remove(job)
        guard let lease, workers[lease.worker].availability == .leased(serial: lease.serial) else { return nil }
        workers[lease.worker].isCancelRequested = true
        workers[lease.worker].isSleeping = false
        return lease.worker
    }

    /// Returns the jobs that were never started because the pool was never started.
    mutating func beginClosing(deadline: Int64) -> [Job] {
        switch phase {
        case .new:
            phase = .closed
            return queue.removeAll()
        case .running, .closing:
            phase = .closing(deadline: deadline)
            for index in workers.indices { workers[index].isSleeping = false }
            return []
        case .closed: return []
        }
    }

    /// True when a worker with nothing on its way has no reason to stay.
    func mayEnd(worker index: Int, inFlight: Int, now: Int64) -> Bool {
        guard case .closing(let deadline) = phase else { return phase == .closed }
        if now >= deadline { return true }
        if case .leased = workers[index].availability { return false }
        return queue.isEmpty && inFlight == 0
    }

    /// Counts a worker out; returns the jobs that nobody will do when it was the last.
    mutating func ended(worker index: Int) -> (orphans: [Job], isLast: Bool) {
        var orphans = workers[index].steps
        workers[index] = Worker(availability: .failed)
        endedWorkers += 1
        guard endedWorkers == workers.count else { return (orphans, false) }
        phase = .closed
        orphans += queue.removeAll()
        return (orphans, true)
    }
}
