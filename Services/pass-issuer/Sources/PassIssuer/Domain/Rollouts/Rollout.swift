import Contracts
import HTTPTypes

/// The way of one change to installed passes.
struct Rollout: Sendable, Hashable {
    let id: RolloutID
    /// The order in which they began.
    let number: Int
    let campaign: CampaignID?
    let cause: RolloutCause
    let state: RolloutState
    let total: Int
    let notified: Int
    let unchanged: Int
    let failed: Int
    let ratePerSecond: Int?
    let startedAt: Instant
    let finishedAt: Instant?
    /// Since when it has gone at its present pace.
    let pacedAt: Instant
    /// How many passes were treated then.
    let pacedTreated: Int
}

extension Rollout {
    var treated: Int { notified + unchanged + failed }

    /// How long it will go on at the pace that it has; nil when it does not run, or has no pace yet.
    func remainingSeconds(at now: Instant) -> Int? {
        guard state == .running else { return nil }
        let (left, done) = (Double(max(total - treated, 0)), Double(treated - pacedTreated))
        let elapsed = now.seconds(since: pacedAt)
        guard done > 0, elapsed > 0 else { return ratePerSecond.map { Int((left / Double($0)).rounded(.up)) } }
        return Int((left * elapsed / done).rounded(.up))
    }
}
