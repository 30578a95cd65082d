import Contracts
import HTTPTypes

extension CampaignEditing {
    /// What a PUT would refuse and warn of; nothing is stored.
    func validate(_ id: CampaignID, _ request: CampaignRequest, at now: Instant) async throws -> CampaignValidation {
        let definition = CampaignDefinition(request)
        let review = try await reviewForGoogle(id, request, definition, at: now)
        let (current, issuer) = try await store.database.transaction { transaction in
            (
                try await store.campaign(id, in: transaction),
                try await store.issuer(request.walletConfigurationId, in: transaction)
            )
        }
        let faults = Self.faults(of: request, definition, over: current, issuer: issuer, google: review.faults)
        let campaign = Self.campaign(id, request, definition, over: current, at: now)
        let pointers = Set(faults.map(\.pointer))
        let warnings = CampaignReview.warnings(about: campaign, issuer: issuer).filter { warning in
            !pointers.contains { !$0.tokens.isEmpty && warning.hasPrefix("\($0)") }
        }
        return CampaignValidation(
            errors: faults.map(ProblemError.init(fault:)), warnings: review.warnings + warnings)
    }
}
