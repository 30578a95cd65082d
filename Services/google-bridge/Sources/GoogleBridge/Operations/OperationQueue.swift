import Contracts
import HTTPTypes
import Postgres
import ServiceKit
import Synchronization

/// Works off the operations in `google.operations`, on every replica at once, in the pace of each issuer.
final class OperationQueue: Sendable {
    private let operations: OperationStore
    private let resources: ResourceStore
    private let runner: OperationRunner
    private let pace: Pace
    private let logger: Logger
    private let metrics: QueueMetrics
    private let urgent: (stream: AsyncStream<UrgentWork>, continuation: AsyncStream<UrgentWork>.Continuation)
    /// The issuers that this replica is working for.
    private let active = Mutex<Set<GoogleIssuerID>>([])

    /// How long it rests when nothing is due.
    private static let rest = Duration.milliseconds(100)
    /// How often the backlog is measured.
    private static let measuring = Duration.seconds(5)
    /// Calls of one issuer that are under way at once.
    private static let parallel = 32

    init(
        operations: OperationStore, resources: ResourceStore, runner: OperationRunner, pace: Pace, logger: Logger,
        metrics: QueueMetrics
    ) {
        self.operations = operations
        self.resources = resources
        self.runner = runner
        self.pace = pace
        self.logger = logger
        self.metrics = metrics
        urgent = AsyncStream.makeStream(of: UrgentWork.self)
    }

    /// Works until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.takeDue() }
            group.addTask { await self.takeUrgent() }
            group.addTask { try await self.measure() }
            try await group.waitForAll()
        }
    }

    /// Does the open operations of some resources now, before all others, and waits for their end until a deadline. What
    /// another replica works at, or what finds no place in the pace, is waited for as long.
    func hurry(_ resources: [ResourceID], as priority: OperationPriority, until deadline: ContinuousClock.Instant) async
    {
        do {
            let claimed = try await operations.claim(resources, as: priority)
            if !claimed.isEmpty {
                let work = UrgentWork(claimed, until: deadline)
                urgent.continuation.yield(work)
                await work.wait()
            }
            while ContinuousClock.now < deadline, try await self.resources.isPending(resources) {
                try await Task.sleep(for: .milliseconds(50))
            }
        } catch {
            // Whoever waits is answered by what is stored; the queue goes on.
            logger.warning("An urgent operation could not be begun.", ["error": "\(error)"])
        }
    }

    // MARK: What is due

    private func takeDue() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            while true {
                do {
                    for issuer in try await operations.issuersWithWork() where begin(issuer) {
                        group.addTask {
                            defer { self.end(issuer) }
                            await self.workOff(issuer)
                        }
                    }
                } catch {
                    try Task.checkCancellation()
                    logger.warning("The queue can't be read; it is tried again.", ["error": "\(error)"])
                }
                try await Task.sleep(for: Self.rest)
            }
        }
    }

    private func begin(_ issuer: GoogleIssuerID) -> Bool { active.withLock { $0.insert(issuer).inserted } }

    private func end(_ issuer: GoogleIssuerID) { active.withLock { _ = $0.remove(issuer) } }

    /// Writes what is due for an issuer until nothing is.
    private func workOff(_ issuer: GoogleIssuerID) async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            do {
                while true {
                    guard let grant = try await pace.grant(for: issuer) else {
                        try await Task.sleep(for: pace.rest)
                        continue
                    }
                    let due = try await operations.lease(of: issuer, upTo: grant.count)
                    if due.isEmpty { break }
                    for (index, operation) in due.enumerated() {
                        if running >= Self.parallel, await group.next() != nil { running -= 1 }
                        group.addTask {
                            // Cancelled, the operation goes back when its lease ends.
                            guard (try? await Task.sleep(until: grant.time(of: index), clock: .continuous)) != nil
                            else { return }
                            _ = await self.runner.run(operation, isGranted: true)
                        }
                        running += 1
                    }
                }
            } catch {
                if !Task.isCancelled {
                    logger.warning("The queue of an issuer rests.", ["issuer": "\(issuer)", "error": "\(error)"])
                }
            }
            await group.waitForAll()
        }
    }

    // MARK: What somebody waits for

    private func takeUrgent() async {
        await withDiscardingTaskGroup { group in
            for await work in urgent.stream {
                group.addTask {
                    await self.perform(work)
                    work.finish()
                }
            }
        }
    }

    /// Classes stand before the objects that need them.
    private func perform(_ work: UrgentWork) async {
        var left = work.operations[...]
        var isClassWritten = false
        while let operation = left.popFirst() {
            let outcome: OperationRunner.Outcome
            do {
                try await pace.wait(for: operation.resource.issuerID, until: work.deadline)
                outcome = await runner.run(operation, isGranted: true, isClassWritten: isClassWritten)
            } catch {
                // No place in time, or no database: the queue does it. Without the latter the lease ends by itself.
                try? await operations.release([operation] + left)
                return
            }
            isClassWritten = isClassWritten || operation.resource.id.level == .class && outcome == .written
            // What waits for a class that was not written waits in the queue.
        }
    }

    private func measure() async throws {
        while true {
            do {
                metrics.set(try await operations.backlog())
            } catch {
                try Task.checkCancellation()
                logger.warning("The queue can't be measured.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.measuring)
        }
    }
}
