import Contracts
import HTTPTypes

/// Empties one pass, whatever can still be made of it.
struct PassErasing: Sendable {
    let campaigns: CampaignStore
    let library: CampaignLibrary
    let store: ErasureStore

    /// Empties a pass and keeps whom to tell of it.
    /// - Returns: false when somebody else changed the pass meanwhile.
    func erase(_ pass: Pass, by erasure: StoredErasure, at now: Instant) async throws -> Bool {
        let standing = try await campaigns.standing(of: pass.campaign)
        let new = try await emptied(pass, standing, at: erasure.erasedAt, now)
        let passType = standing?.issuer.passTypeIdentifier
        // Phones are told even if they show nothing else: that one asked is how it is known what it has.
        var notices: [OutboxContent] = []
        if let passType, new.platforms.contains(.apple) {
            notices.append(
                .passesChanged(PassesChanged(passTypeIdentifier: passType, serialNumbers: [pass.serialNumber])))
        }
        if new.platforms.contains(.google), standing?.issuer.hasGoogle == true {
            notices.append(.googleObjects([pass.serialNumber]))
        }
        return try await store.erase(
            pass, to: new, by: erasure.id,
            told: ErasurePass(
                serialNumber: pass.serialNumber, passType: passType, isGoogle: pass.platforms.contains(.google),
                version: new.version),
            notices: try OutboxRows(notices))
    }

    /// The pass without its person; one that can't be made any more is emptied all the same.
    private func emptied(
        _ pass: Pass, _ standing: CampaignStanding?, at instant: Instant, _ now: Instant
    ) async throws -> Pass {
        let data = pass.erased(at: instant)
        var plain = data.stamped(over: pass, movesPackage: true, at: now)
        plain.changedAt = now
        guard let standing else { return plain }
        do {
            let renewal = try await library.renewal(ofVersion: pass.campaignVersion, standing: standing)
            return try renewal.transition(of: pass, to: data, because: .erasure, at: now).new
        } catch {
            if RolloutRenewals.isPassing(error) { throw error }
            return plain
        }
    }
}
