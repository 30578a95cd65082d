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
        var faults = CampaignReview.faults(
            of: definition, hasOrganizationName: issuer?.hasOrganizationName ?? true, accepting: current?.definition)
        faults += review.faults
        if !AdministrationText.isName(request.name) { faults.append(.name(at: "name")) }
        if issuer == nil { faults.append(.unknownWalletConfiguration(request.walletConfigurationId)) }
        let campaign = Campaign(
            id: id, name: request.name, walletConfiguration: request.walletConfigurationId,
            version: (current?.version ?? 0) + 1, definition: definition, images: current?.images ?? [:],
            activatedAt: current?.activatedAt, endsAt: request.endsAt, endedAt: current?.endedAt,
            createdAt: current?.createdAt ?? now, updatedAt: now)
        let pointers = Set(faults.map(\.pointer))
        let warnings = CampaignReview.warnings(about: campaign, issuer: issuer).filter { warning in
            !pointers.contains { !$0.tokens.isEmpty && warning.hasPrefix("\($0)") }
        }
        return CampaignValidation(
            errors: faults.map(ProblemError.init(fault:)), warnings: review.warnings + warnings)
    }
}
