import Contracts
import HTTPTypes

/// Changes to a pass by its owner's systems.
struct PassChange: Sendable {
    let campaigns: CampaignStore
    let passes: PassStore
    let library: CampaignLibrary

    /// Applies a merge patch; one that changes nothing sends nothing.
    /// - Throws: ``IssuingError/faultyPass(_:)`` when phones would refuse the result; the pass stays as it was.
    func patch(_ serialNumber: SerialNumber, with patch: PassPatch, at now: Instant) async throws -> Pass {
        try await Retrying.untilFirst {
            guard let pass = try await passes.pass(serialNumber) else { throw IssuingError.unknownPass }
            let changed = pass.patched(with: patch, at: now)
            if changed == pass { return pass }
            guard let standing = try await campaigns.standing(of: pass.campaign) else {
                throw IssuingError.unknownCampaign
            }
            let campaign = try await library.issuable(standing, version: pass.campaignVersion)
            try campaign.check(changed)
            let isStored = try await passes.replace(pass, by: changed, telling: campaign.notices(of: changed))
            return isStored ? changed : nil
        }
    }
}
