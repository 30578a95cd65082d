import Contracts
import HTTPTypes
import Postgres

/// Treats one batch of a rollout: reads passes, decides what becomes of each, writes all of it at once.
///
/// Everything is written in the transaction that holds the walk's row. A crash at any point leaves the batch undone as a
/// whole, and the next replica does it.
struct RolloutBatch: Sendable {
    let passes: PassStore
    let updates: PassUpdateStore
    let walks: RolloutWalkStore
    let events: PassEventStore
    let activity: ActivityStore
    let outbox: OutboxStore
    let renewals: RolloutRenewals
    let clock: @Sendable () -> Instant

    /// What a batch came to.
    struct Report: Sendable {
        let walk: RolloutWalk
        let tally: RolloutTally
        let isLast: Bool
    }

    /// Passes that are looked at together.
    private struct Slice {
        let jobs: [PassJob]
        let passes: ArraySlice<Pass>
        let position: String
    }

    /// What is to become of the passes of a slice, and when that was decided.
    private struct Decision {
        var outcomes: [PassJob.Outcome] = []
        let at: Instant
    }

    /// What a slice came to.
    private struct Effects {
        var tally = RolloutTally()
        var visible: [PassTransition] = []
    }

    /// Treats the next batch, or as much of it as fits the time that a batch may take.
    func treat(_ walk: RolloutWalk, in transaction: Transaction) async throws -> Report {
        let limit = RolloutPace.batchSize(
            ratePerSecond: walk.ratePerSecond, lateMilliseconds: walk.lateMilliseconds)
        let (slices, isEnd) = try await slices(of: walk, limit: limit, in: transaction)
        let deadline = ContinuousClock.now + RolloutPace.budget
        var effects = Effects()
        var position = walk.position
        var treated = 0
        var decision = try await decision(on: slices.first, of: walk)
        for (index, slice) in slices.enumerated() {
            // The next slice is thought about while this one is written.
            async let next = self.decision(on: slices.dropFirst(index + 1).first, of: walk)
            try await treat(slice, decision, of: walk, &effects, in: transaction)
            decision = try await next
            position = slice.position
            treated += 1
            if ContinuousClock.now >= deadline { break }
        }
        let now = clock()
        try await tell(effects.visible, of: walk, at: now, in: transaction)
        if walk.cause == .passUpdates, let line = Int(position) {
            try await updates.delete(of: walk.rollout, through: line, in: transaction)
        }
        let isLast = isEnd && treated == slices.count
        try await walks.finish(walk, effects.tally, position: position, isLast: isLast, at: now, in: transaction)
        return Report(walk: walk, tally: effects.tally, isLast: isLast)
    }

    /// The passes that come next, and whether none come after them.
    private func slices(
        of walk: RolloutWalk, limit: Int, in transaction: Transaction
    ) async throws -> (slices: [Slice], isEnd: Bool) {
        guard let campaign = walk.campaign else {
            let lines = try await updates.updates(
                of: walk.rollout, after: Int(walk.position) ?? 0, limit: limit, in: transaction)
            var slices: [Slice] = []
            for part in lines.slices(of: RolloutPace.slice) {
                let jobs = PassJob.jobs(for: Array(part))
                let found = try await passes.passes(jobs.map(\.serialNumber), isLocked: false, in: transaction)
                slices.append(Slice(jobs: jobs, passes: found[...], position: part.last.map { "\($0.line)" } ?? ""))
            }
            return (slices, lines.count < limit)
        }
        let found = try await passes.passes(of: campaign, after: walk.position, limit: limit, in: transaction)
        let work: PassJob.Work = walk.cause == .campaignEnded ? .end : .renew
        let slices = found.slices(of: RolloutPace.slice).map { part in
            Slice(
                jobs: part.map { PassJob(serialNumber: $0.serialNumber, work: work) }, passes: part,
                position: part.last?.serialNumber.rawValue ?? "")
        }
        return (slices, found.count < limit)
    }

    private func decision(on slice: Slice?, of walk: RolloutWalk) async throws -> Decision {
        guard let slice else { return Decision(at: clock()) }
        return try await decision(on: slice.jobs, slice.passes, of: walk)
    }

    private func decision(on jobs: [PassJob], _ passes: ArraySlice<Pass>, of walk: RolloutWalk) async throws -> Decision
    {
        let now = clock()
        let outcomes = Self.outcomes(of: jobs, passes, by: try await renewals.renewals(of: passes, walk), at: now)
        return Decision(outcomes: outcomes, at: now)
    }

    /// Writes what was decided on a slice. What somebody else changed meanwhile is looked at again, in the end under a lock.
    private func treat(
        _ slice: Slice, _ decision: Decision, of walk: RolloutWalk, _ effects: inout Effects,
        in transaction: Transaction
    ) async throws {
        var open = slice.jobs
        var decision = decision
        var rounds = 0
        while !open.isEmpty {
            if rounds > 0 {
                let found = try await passes.passes(open.map(\.serialNumber), isLocked: rounds > 1, in: transaction)
                decision = try await self.decision(on: open, found[...], of: walk)
            }
            let replaced = try await passes.replace(
                decision.outcomes.compactMap(\.transition), at: decision.at, in: transaction)
            var lost: [PassJob] = []
            for (job, outcome) in zip(open, decision.outcomes) {
                if outcome.transition != nil, !replaced.contains(job.serialNumber) {
                    lost.append(job)
                    continue
                }
                effects.tally += outcome.tally
                if let transition = outcome.transition, transition.isVisible { effects.visible.append(transition) }
            }
            open = lost
            rounds += 1
        }
    }

    /// Decides for many passes, one after the other: on several cores at once they would slow each other down by counting
    /// references to the campaign that they share.
    private static func outcomes(
        of jobs: [PassJob], _ passes: ArraySlice<Pass>, by renewals: RolloutRenewals.Found, at now: Instant
    ) -> [PassJob.Outcome] {
        let places = Dictionary(
            passes.indices.map { (passes[$0].serialNumber, $0) }, uniquingKeysWith: { first, _ in first })
        return jobs.map { job in
            job.outcome(for: places[job.serialNumber].map { passes[$0] }, by: renewals, at: now)
        }
    }

    /// Writes down what phones see, and what others must learn of it.
    private func tell(
        _ transitions: [PassTransition], of walk: RolloutWalk, at now: Instant, in transaction: Transaction
    ) async throws {
        if transitions.isEmpty { return }
        for content in OutboxContent.joined(transitions.flatMap(\.notices)) {
            try await outbox.put(content, isBulk: true, in: transaction)
        }
        try await events.insert(transitions.map(StoredPassEvent.changed), in: transaction)
        let counts = Dictionary(transitions.map { ($0.new.campaign, 1) }, uniquingKeysWith: +)
        try await activity.addUpdates(counts, at: now, in: transaction)
        if walk.cause == .passUpdates {
            try await walks.insert(Set(counts.keys), of: walk.rollout, in: transaction)
        }
    }
}

extension Array {
    /// The elements in order, in parts of a length.
    fileprivate func slices(of length: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: length).map { self[$0..<Swift.min($0 + length, count)] }
    }
}
