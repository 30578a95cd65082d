import Contracts
import HTTPTypes

/// What administrators see of rollouts, and how they steer them.
struct RolloutAdministration: Sendable {
    let store: RolloutStore
    /// The rate of rollouts that nobody gave another one.
    let defaultRate: Int?

    /// A rollout with its first faults.
    struct Shown: Sendable {
        let rollout: Rollout
        let errors: [RolloutError]
    }

    /// A rollout.
    func rollout(_ id: RolloutID) async throws -> Shown {
        guard let rollout = try await store.rollout(id) else { throw AdministrationError.unknown("rollout") }
        return Shown(rollout: rollout, errors: try await store.errors(of: [id])[id] ?? [])
    }

    /// The newest rollout of a campaign's own changes; nil when none reached a pass.
    func newest(of campaign: CampaignID) async throws -> Shown? {
        guard let rollout = try await store.newest(of: campaign) else { return nil }
        return Shown(rollout: rollout, errors: try await store.errors(of: [rollout.id])[rollout.id] ?? [])
    }

    /// The rollouts that began before the one of a number, the newest first.
    func rollouts(before number: Int, limit: Int) async throws -> [Shown] {
        let found = try await store.rollouts(before: number, limit: limit)
        let errors = try await store.errors(of: found.map(\.id))
        return found.map { Shown(rollout: $0, errors: errors[$0.id] ?? []) }
    }

    /// Stops a rollout for now.
    func pause(_ id: RolloutID, at now: Instant) async throws -> Shown {
        try await change(id) { try await store.set(.paused, of: id, at: now) }
    }

    /// Lets a rollout go on.
    func resume(_ id: RolloutID, at now: Instant) async throws -> Shown {
        try await change(id) { try await store.set(.running, of: id, at: now) }
    }

    /// Says how fast a rollout may go; nil is as fast as any may.
    func setRate(_ perSecond: Int?, of id: RolloutID, at now: Instant) async throws -> Shown {
        try await change(id) { try await store.setRate(perSecond ?? defaultRate, of: id, at: now) }
    }

    private func change(_ id: RolloutID, _ body: () async throws -> Bool) async throws -> Shown {
        let isChanged = try await body()
        let shown = try await rollout(id)
        guard isChanged else {
            throw AdministrationError.conflict("The rollout has ended: it is \(shown.rollout.state).")
        }
        return shown
    }
}
