import Contracts
import HTTPTypes

/// What happens when the owner of a pass fills in the form that it asks for (Apple's rewards enrolment).
struct PassPersonalizing: Sendable {
    let campaigns: CampaignStore
    let passes: PassStore
    let library: CampaignLibrary

    /// Merges what was entered into the pass's contact, once, and signs the token.
    ///
    /// However many ask at once, one token is signed; whoever shows that one again gets the same answer.
    /// - Returns: the signature; and the campaign, when the pass was personalised just now.
    func personalize(
        _ serialNumber: SerialNumber, passType: PassTypeIdentifier, by request: PersonalizationRequest, at now: Instant
    ) async throws -> (signature: [UInt8], campaign: CampaignID?) {
        let token = request.personalizationToken
        return try await Retrying.untilFirst {
            guard let pass = try await passes.pass(serialNumber),
                let standing = try await campaigns.standing(of: pass.campaign)
            else { throw IssuingError.unknownPass }
            try pass.requirePerson()
            let renewal = try await library.renewal(ofVersion: pass.campaignVersion, standing: standing)
            let current = renewal.current
            guard current.passTypeIdentifier == passType else { throw IssuingError.unknownPass }
            let outcome = try pass.personalized(
                by: request, fields: current.content.personalization?.requiredFields ?? [],
                isAsking: try pass.enrolment == nil && current.asksOwner(of: pass, showing: current.check(pass)),
                at: now)
            switch outcome {
            case .repeated(let enrolment): return (try current.signature(of: token, at: enrolment.at), nil)
            case .personalized(let personalized):
                let transition = try renewal.transition(of: pass, to: personalized, because: .personalization, at: now)
                // Before anything is stored: a key that does not sign leaves the pass as it was.
                let signature = try transition.campaign.signature(of: token, at: now)
                return try await passes.replace(transition) ? (signature, pass.campaign) : nil
            }
        }
    }
}
