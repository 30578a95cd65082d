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
        for _ in 0..<LinkOpening.attempts {
            guard let pass = try await passes.pass(serialNumber),
                let standing = try await campaigns.standing(of: pass.campaign)
            else { throw IssuingError.unknownPass }
            let newest = try await library.issuable(standing)
            guard newest.passTypeIdentifier == passType else { throw IssuingError.unknownPass }
            if pass.campaignVersion == newest.version {
                return try answer(pass, by: newest, knownSince: knownSince, at: now)
            }
            let adopted = pass.made(ofVersion: newest.version, at: now)
            do {
                try newest.check(adopted)
            } catch {
                // The new version can't be made with this pass's data: it keeps its last good one.
                let kept = try await library.issuable(standing, version: pass.campaignVersion)
                return try answer(pass, by: kept, knownSince: knownSince, at: now)
            }
            if try await passes.replace(pass, by: adopted, telling: nil) {
                return try answer(adopted, by: newest, knownSince: knownSince, at: now)
            }
        }
        throw IssuingError.contended
    }

    private func answer(
        _ pass: Pass, by campaign: IssuableCampaign, knownSince: Instant?, at now: Instant
    ) throws(IssuingError) -> Answer {
        if let knownSince, pass.lastModified <= knownSince.wholeSeconds { return .notModified(pass) }
        return .package(try campaign.package(of: pass, at: now))
    }
}
