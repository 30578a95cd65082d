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
        let (new, campaign) = try await emptied(pass, at: erasure.erasedAt, now)
        // Phones are told even if they show nothing else: that one asked is how it is known what it has.
        let notices = campaign?.notices(of: new, on: new.platforms) ?? []
        return try await store.erase(
            pass, to: new, by: erasure.id,
            told: ErasurePass(
                serialNumber: pass.serialNumber, passType: campaign?.passTypeIdentifier,
                isGoogle: pass.platforms.contains(.google)), notices: try OutboxRows(notices))
    }

    /// The pass without its person, and the campaign that makes it; what can't be made any more is emptied all the same.
    private func emptied(
        _ pass: Pass, at instant: Instant, _ now: Instant
    ) async throws -> (Pass, IssuableCampaign?) {
        let data = pass.erased(at: instant)
        var plain = data.stamped(over: pass, movesPackage: true, at: now)
        plain.changedAt = now
        guard let standing = try await campaigns.standing(of: pass.campaign) else { return (plain, nil) }
        let renewal: PassRenewal
        do {
            renewal = try await library.renewal(ofVersion: pass.campaignVersion, standing: standing)
        } catch is IssuingError {
            return (plain, nil)
        }
        do throws(IssuingError) {
            let transition = try renewal.transition(of: pass, to: data, because: .erasure, at: now)
            return (transition.new, transition.campaign)
        } catch {
            return (plain, renewal.current)
        }
    }
}
