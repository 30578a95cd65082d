import Contracts
import HTTPTypes

/// Changes to a pass by its owner's systems.
struct PassChange: Sendable {
    let campaigns: CampaignStore
    let passes: PassStore
    let library: CampaignLibrary

    /// What a patch led to.
    struct Outcome: Sendable {
        let pass: Pass
        /// What people will not notice of it.
        let warnings: [String]
    }

    /// Applies a merge patch; one after which phones see the same sends nothing.
    /// - Throws: ``IssuingError/faultyPass(_:)`` when phones would refuse the result; the pass stays as it was.
    func patch(_ serialNumber: SerialNumber, with patch: PassPatch, at now: Instant) async throws -> Outcome {
        try await Retrying.untilFirst {
            guard let pass = try await passes.pass(serialNumber) else { throw IssuingError.unknownPass }
            try pass.requirePerson()
            let patched = pass.patched(with: patch, at: now)
            if patched == pass { return Outcome(pass: pass, warnings: []) }
            guard let standing = try await campaigns.standing(of: pass.campaign) else {
                throw IssuingError.unknownCampaign
            }
            let renewal = try await library.renewal(ofVersion: pass.campaignVersion, standing: standing)
            let transition = try renewal.transition(of: pass, to: patched, because: .patch, at: now)
            guard try await passes.replace(transition) else { return nil }
            return Outcome(pass: transition.new, warnings: renewal.warnings(about: transition))
        }
    }
}
