import CPostgres
import Glibc

/// Owns one connection of a pool, on one thread.
final class ConnectionWorker {
    let core: PoolCore
    private let index: Int
    private let connector: Connector
    private var cache: StatementCache
    var inFlight = OperationQueue()
    /// Statements to be prepared anew.
    private var retries: [Job] = []
    /// Jobs that were taken and not sent when the connection broke.
    private var unsent: ArraySlice<Job> = []
    /// Names of prepared statements that nobody uses any more.
    var discarded: [String] = []
    private(set) var isolation: Isolation?
    private var lastProgress: Int64 = 0
    /// Since when the server's plans are kept.
    var plannedAt: Int64 = 0

    init(core: PoolCore, index: Int) {
        self.core = core
        self.index = index
        connector = Connector(configuration: core.configuration, context: core.context, wake: core.wakes[index])
        cache = StatementCache(capacity: core.configuration.maximumPreparedStatements)
    }

    /// Connects, serves, and connects again, until the pool is closed.
    func run() {
        var failures = 0
        while !core.mayEnd(worker: index) {
            switch connector.connect(whileWaiting: core.attend(worker: index)) {
            case .ready(let connection):
                failures = 0
                core.connected(worker: index)
                let reason = serve(connection)
                abandon()
                if let reason { core.context.onEvent(.disconnected(reason: reason)) }
            case .failed(let reason):
                guard !core.mayEnd(worker: index) else { break }
                failures += 1
                core.connectFailed(worker: index, reason: reason)
                pause(afterFailures: failures)
            }
        }
        core.ended(worker: index)
    }

    private func pause(afterFailures failures: Int) {
        let pause = core.configuration.backoff.pause(afterFailures: failures, random: .random(in: 0...1))
        let end = MonotonicClock.now() + pause.nanoseconds
        while !core.mayEnd(worker: index) {
            let rest = end - MonotonicClock.now()
            guard rest > 0 else { return }
            _ = connector.wake.wait(socket: -1, for: 0, milliseconds: min(rest / 1_000_000 + 1, Connector.tick))
            core.expire()
        }
    }

    /// Serves until the connection is lost, and says why; nil when the pool closes.
    private func serve(_ connection: borrowing Connection) -> PostgresDisconnection? {
        guard connection.enterPipeline() else { return .unusable }
        lastProgress = MonotonicClock.now()
        plannedAt = lastProgress
        while true {
            let now = MonotonicClock.now()
            let assignment = core.next(worker: index, inFlight: inFlight.count + retries.count, now: now)
            if assignment.isCancelRequested, inFlight.first?.job?.isFinished == true { connection.cancel() }
            if inFlight.isEmpty { lastProgress = now }
            guard planAnew(before: assignment, at: now, on: connection), send(assignment, on: connection) else {
                return .socket
            }
            let rest = connection.flush()
            guard rest >= 0 else { return .socket }
            if assignment.mayEnd { return nil }
            let hasNews = inFlight.isEmpty && !assignment.jobs.isEmpty
            let events = connector.wake.wait(
                socket: connection.socket, for: Int32(POLLIN) | (rest == 1 ? Int32(POLLOUT) : 0),
                milliseconds: assignment.maySleep ? nil : hasNews ? 0 : Connector.tick)
            if events.isSocketReady {
                guard connection.consumeInput() else { return .socket }
                if let reason = receive(on: connection) { return reason }
            } else if !events.isSignalled {
                core.expire()
            }
            if !inFlight.isEmpty, MonotonicClock.now() - lastProgress > patience { return .unresponsive }
        }
    }

    /// The server stops a statement by itself before this; then there is none any more.
    private var patience: Int64 {
        core.configuration.statementTimeout.nanoseconds + core.configuration.connectTimeout.nanoseconds
    }

    // MARK: Sending

    private func send(_ assignment: PoolState.Assignment, on connection: borrowing Connection) -> Bool {
        unsent = assignment.jobs[...]
        for job in retries {
            guard case .statement(let statement) = job.work else { continue }
            guard send(statement, for: job, isRetry: true, on: connection) else { return false }
        }
        retries.removeAll(keepingCapacity: true)
        while let job = unsent.popFirst() {
            guard send(job, lease: assignment.lease, on: connection) else { return false }
        }
        return isolation != nil || discard(on: connection)
    }

    private func send(_ job: Job, lease: Lease?, on connection: borrowing Connection) -> Bool {
        switch job.work {
        case .statement(let statement):
            return job.isFinished || send(statement, for: job, on: connection)
        case .step(let statement):
            guard !job.isFinished else { return true }
            guard let isolation, !hasBegun else { return send(statement, for: job, on: connection) }
            hasBegun = true
            return send(statement, for: job, begin: isolation.begin, on: connection)
        case .lease(let isolation):
            self.isolation = isolation
            hasBegun = false
            if let lease, job.finish(.success(.lease(lease))) { return true }
            endLease()
            return true
        case .commit, .rollback:
            guard hasBegun else {
                endLease()
                job.finish(.success(.ended))
                return true
            }
            inFlight.append(Operation(job: job, steps: [.execute]))
            if case .commit = job.work { return connection.send("COMMIT") && connection.sync() }
            return connection.send("ROLLBACK") && connection.sync()
        }
    }

    /// BEGIN goes with the transaction's first statement, which saves a round trip.
    private var hasBegun = false

    private func send(
        _ statement: SQL, for job: Job, begin: String? = nil, isRetry: Bool = false, on connection: borrowing Connection
    ) -> Bool {
        let key = StatementCache.Key(text: statement.text, types: statement.types)
        let entry = cache.entry(for: key)
        if let evicted = entry.evicted { discarded.append(evicted) }
        var steps: [Operation.Step] = [.execute]
        if entry.isNew { steps.insert(.prepare, at: 0) }
        if begin != nil { steps.insert(.begin, at: 0) }
        var operation = Operation(job: job, steps: steps)
        operation.statement = (key, entry.name)
        operation.isRetry = isRetry
        inFlight.append(operation)
        if let begin, !connection.send(begin) { return false }
        if entry.isNew {
            core.countPrepared()
            guard connection.prepare(entry.name, statement) else { return false }
        }
        return connection.execute(entry.name, statement) && connection.sync()
    }

    // MARK: Receiving

    private func receive(on connection: borrowing Connection) -> PostgresDisconnection? {
        var pauses = 0
        while !connection.isBusy, !inFlight.isEmpty {
            guard let result = connection.nextResult() else {
                pauses += 1
                // Between two statements there is one; more would mean that libpq and we count differently.
                guard pauses < 4 else { return connection.isBroken ? .socket : .unusable }
                inFlight.withFirst { $0.position += 1 }
                continue
            }
            pauses = 0
            lastProgress = MonotonicClock.now()
            if let reason = take(result) { return reason }
        }
        return connection.isBroken ? .socket : nil
    }

    private func take(_ result: ResultSet) -> PostgresDisconnection? {
        switch result.status {
        case PGRES_PIPELINE_SYNC:
            guard let operation = inFlight.popFirst() else { return .unusable }
            return complete(operation)
        case PGRES_PIPELINE_ABORTED: return nil
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            inFlight.popFirst()?.job?.finish(.failure(.invalidStatement))
            return .unusable
        default:
            guard let fault = result.fault else {
                inFlight.withFirst { $0.result = result }
                return nil
            }
            if fault.endsSession { return fault.sqlState.rawValue.isEmpty ? .socket : .session(fault.sqlState) }
            inFlight.withFirst { $0.record(fault) }
            return nil
        }
    }

    /// An answer counts from the synchronisation point on: the server commits there, after the statement's result.
    private func complete(_ operation: Operation) -> PostgresDisconnection? {
        guard let job = operation.job else { return nil }
        if operation.fault != nil, let statement = operation.statement {
            if operation.failedStep != .execute { cache.remove(statement.key, named: statement.name) }
            if operation.isStale {
                cache.remove(statement.key, named: statement.name)
                discarded.append(statement.name)
            }
        }
        switch job.work {
        case .statement:
            if operation.isStale {
                retries.append(job)
                return nil
            }
            return answer(job, operation)
        case .step:
            // Without its BEGIN a statement of the transaction would be one of its own.
            if operation.failedStep == .begin { return fail(job, operation) ?? .unusable }
            return answer(job, operation)
        case .commit:
            endLease()
            if operation.fault != nil { return fail(job, operation) }
            job.finish(operation.result?.commandTag == "ROLLBACK" ? .failure(.rolledBack) : .success(.ended))
            return nil
        case .rollback:
            if operation.fault != nil { return .unusable }
            endLease()
            job.finish(.success(.ended))
            return nil
        case .lease: return .unusable
        }
    }

    private func answer(_ job: Job, _ operation: Operation) -> PostgresDisconnection? {
        guard operation.fault == nil, let result = operation.result else { return fail(job, operation) }
        // The next user of the connection must not find a transaction that it did not begin, or lose its own.
        let isControl = result.status == PGRES_COMMAND_OK && Self.controls.contains(result.commandTag)
        guard !isControl else {
            job.finish(.failure(.invalidStatement))
            return .unusable
        }
        job.finish(.success(.result(result)))
        return nil
    }

    private static let controls: Set<String> = [
        "BEGIN", "START TRANSACTION", "COMMIT", "ROLLBACK", "PREPARE TRANSACTION",
    ]

    private func fail(_ job: Job, _ operation: Operation) -> PostgresDisconnection? {
        guard let fault = operation.fault else {
            job.finish(.failure(.invalidStatement))
            return nil
        }
        job.finish(.failure(fault.sqlState == .queryCanceled ? .timedOut(.statement) : .server(fault)))
        return nil
    }

    private func endLease() {
        isolation = nil
        hasBegun = false
        core.release(worker: index)
    }

    // MARK: Losing the connection

    /// Gives every job that has no answer the right one, and forgets the connection.
    private func abandon() {
        // First, so that a caller that tries again at once does not meet the connection that is gone.
        core.lost(worker: index)
        while let operation = inFlight.popFirst() {
            switch operation.job?.work {
            case .statement, .commit: operation.job?.finish(.failure(.outcomeUnknown))
            case .step, .lease: operation.job?.finish(.failure(.unreachable))
            case .rollback: operation.job?.finish(.success(.ended))
            case nil: break
            }
        }
        for job in retries { job.finish(.failure(.unreachable)) }
        retries = []
        // Nobody else would ever tell their callers.
        for job in unsent { job.finish(.failure(.unreachable)) }
        unsent = []
        discarded = []
        isolation = nil
        hasBegun = false
        cache = StatementCache(capacity: core.configuration.maximumPreparedStatements)
    }
}
