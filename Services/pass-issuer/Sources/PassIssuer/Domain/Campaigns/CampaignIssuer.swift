import Contracts

/// What a campaign must know of its wallet configuration.
struct CampaignIssuer: Sendable, Hashable {
    /// What it holds certificates for.
    let platforms: Set<Platform>
    /// Whether it names an organisation for passes that don't.
    let hasOrganizationName: Bool
}
