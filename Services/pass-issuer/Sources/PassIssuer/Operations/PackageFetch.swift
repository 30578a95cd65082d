import Contracts
import HTTPTypes

/// Hands the latest package of an installed pass to the device registry.
struct PackageFetch: Sendable {
    let campaigns: CampaignStore
    let passes: PassStore
    let library: CampaignLibrary

    /// What a phone that has the pass is answered.
    enum Answer: Sendable {
        case package(SignedPass)
        /// The phone's copy is the newest; nothing was signed.
        case notModified(Pass)
    }

    /// The pass, or word that the phone has it already.
    /// - Parameter knownSince: the phone's `If-Modified-Since`, nil when it sent none that can be read.
    func fetch(
        _ serialNumber: SerialNumber, passType: PassTypeIdentifier, knownSince: Instant?, at now: Instant
    ) async throws -> Answer {
        try await Retrying.untilFirst {
            guard let pass = try await passes.pass(serialNumber),
                let standing = try await campaigns.standing(of: pass.campaign)
            else { throw IssuingError.unknownPass }
            let renewal = try await library.renewal(ofVersion: pass.campaignVersion, standing: standing)
            guard renewal.current.passTypeIdentifier == passType else { throw IssuingError.unknownPass }
            if renewal.newest.version == pass.campaignVersion {
                return try answer(pass, by: renewal.current, knownSince: knownSince, at: now)
            }
            let cause = ChangeCause.newCampaignVersion(renewal.newest.version)
            let transition = try renewal.transition(of: pass, to: pass, because: cause, at: now)
            // The other phones that have this pass learn of the version that one of them fetched.
            if transition.new != pass {
                guard try await passes.replace(transition) else { return nil }
            }
            return try answer(transition.new, by: transition.campaign, knownSince: knownSince, at: now)
        }
    }

    private func answer(
        _ pass: Pass, by campaign: IssuableCampaign, knownSince: Instant?, at now: Instant
    ) throws(IssuingError) -> Answer {
        if let knownSince, pass.lastModified <= knownSince.wholeSeconds { return .notModified(pass) }
        return .package(try campaign.package(of: pass, at: now))
    }
}
