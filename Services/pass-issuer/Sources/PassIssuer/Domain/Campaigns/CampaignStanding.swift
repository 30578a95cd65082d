import Contracts
import HTTPTypes

/// What decides whether a link of a campaign is served, and by which version and keys.
struct CampaignStanding: Sendable, Hashable {
    let campaign: CampaignID
    /// Tells a campaign from one of the same id that was deleted.
    let createdAt: Instant
    let version: Int
    let activatedAt: Instant?
    let endsAt: Instant?
    let endedAt: Instant?
    let walletConfiguration: WalletConfigurationID
    /// Changes whenever the configuration does.
    let walletRevision: Int
    let issuer: CampaignIssuer

    func state(at now: Instant) -> CampaignState {
        CampaignState(activatedAt: activatedAt, endsAt: endsAt, endedAt: endedAt, at: now)
    }
}
