import Contracts
import HTTPTypes

/// What decides whether a link of a campaign is served, and by which version and keys.
struct CampaignStanding: Sendable, Hashable {
    let campaign: CampaignID
    let version: Int
    let activatedAt: Instant?
    let endsAt: Instant?
    let walletConfiguration: WalletConfigurationID
    /// Changes whenever the configuration does.
    let walletRevision: Int
    let issuer: CampaignIssuer

    func state(at now: Instant) -> CampaignState {
        CampaignState(activatedAt: activatedAt, endsAt: endsAt, at: now)
    }
}
