import Contracts
import HTTPTypes

/// What Google would say to a campaign, asked before the lock is taken: no change of a campaign waits for another service.
extension CampaignEditing {
    /// What Google would refuse of a campaign that is sent; faults that the stored version has already are told as
    /// warnings, as all others are.
    func reviewForGoogle(
        _ id: CampaignID, _ request: CampaignRequest, _ definition: CampaignDefinition, at now: Instant
    ) async throws -> GoogleCampaigns.Review {
        let stored = try await store.campaign(id)
        var review = try await google.review(
            Campaign(
                id: id, name: request.name, walletConfiguration: request.walletConfigurationId,
                version: (stored?.version ?? 0) + 1, definition: definition, images: stored?.images ?? [:],
                activatedAt: nil, endsAt: request.endsAt, endedAt: nil, createdAt: now, updatedAt: now))
        guard let stored, !review.faults.isEmpty else { return review }
        let accepted = AcceptedFaults(try await google.review(stored).faults)
        let refused = accepted.refused(among: review.faults)
        review.warnings += review.faults.filter { !refused.contains($0) }.map(GoogleCampaigns.Review.warning)
        review.faults = refused
        return review
    }
}
