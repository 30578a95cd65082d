import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Treats rollouts batch by batch, on every replica at once. It has a connection of its own: a rollout takes none from
/// those who wait for an answer.
struct RolloutWalking: Sendable {
    let walks: RolloutWalkStore
    let batch: RolloutBatch
    let campaigns: CampaignStore
    let metrics: RolloutMetrics
    let logger: Logger
    let wakeUp: WakeUp
    let clock: @Sendable () -> Instant

    /// How long it rests at most when nothing is due.
    static let rest = Duration.milliseconds(250)
    /// After how many batches in a row that came to nothing a rollout has failed.
    static let maximumFaults = 10

    /// A batch that came to nothing.
    private struct Failure: Error {
        let walk: RolloutWalk
        let reason: any Error
    }

    /// Treats what is due, until it is cancelled; while the database is away it waits for it.
    func run() async throws {
        while true {
            if try await step() { continue }
            await wakeUp.wait(atMost: Self.rest)
            try Task.checkCancellation()
        }
    }

    /// Treats a batch.
    /// - Returns: false when none was due, or it came to nothing.
    func step() async throws -> Bool {
        do {
            guard try await walks.isAnyDue(), let report = try await treat() else { return false }
            metrics.count(report.tally)
            if report.isLast { await finished(report.walk) }
            return true
        } catch let failure as Failure {
            try Task.checkCancellation()
            await recover(from: failure)
        } catch {
            try Task.checkCancellation()
            logger.warning("Rollouts can't be read; it is tried again.", ["error": "\(error)"])
        }
        return false
    }

    private func treat() async throws -> RolloutBatch.Report? {
        try await walks.database.transaction { transaction in
            guard let walk = try await walks.take(in: transaction) else { return nil }
            do {
                return try await batch.treat(walk, in: transaction)
            } catch {
                throw Failure(walk: walk, reason: error)
            }
        }
    }

    private func finished(_ walk: RolloutWalk) async {
        logger.info("A rollout is done.", ["rollout": "\(walk.rollout)", "cause": walk.cause.rawValue])
        // What is left over does no harm and goes with the next change.
        if let campaign = walk.campaign { try? await campaigns.pruneVersions(of: campaign) }
    }

    /// Puts the rollout off, and gives it up when it never comes to anything.
    private func recover(from failure: Failure) async {
        if failure.reason is RolloutWalkStore.Ended { return }
        let walk = failure.walk
        logger.warning(
            "A batch of a rollout came to nothing.",
            ["rollout": "\(walk.rollout)", "faults": "\(walk.faults + 1)", "error": "\(failure.reason)"])
        do {
            if !RolloutRenewals.isPassing(failure.reason), walk.faults + 1 >= Self.maximumFaults {
                try await walks.fail(walk, reason: Self.text(failure.reason), at: clock())
            } else {
                let milliseconds = Self.backOff(faults: walk.faults)
                try await walks.postpone(walk, byMilliseconds: milliseconds)
            }
        } catch {
            logger.warning("A rollout can't be put off.", ["rollout": "\(walk.rollout)", "error": "\(error)"])
        }
    }

    /// A quarter of a second, doubled with each batch that came to nothing, ten seconds at most.
    static func backOff(faults: Int) -> Int {
        min(250 << min(max(faults, 0), 6), 10_000)
    }

    /// What an administrator can do about a rollout that can't go on.
    private static func text(_ error: any Error) -> String {
        switch error {
        case IssuingError.platformNotConfigured(let platform):
            "The wallet configuration holds nothing for \(platform). Add it, and change the campaign again."
        case IssuingError.draftCampaign: "The campaign lacks images. Add them."
        case IssuingError.faultyPass(let faults): faults.prefix(3).map(\.description).joined(separator: " ")
        default: "Passes of the campaign can't be made. The log of pass-issuer says why."
        }
    }
}
