import Contracts

/// What a campaign must know of its wallet configuration.
struct CampaignIssuer: Sendable, Hashable {
    /// Of its Apple certificate; nil without one.
    let passTypeIdentifier: PassTypeIdentifier?
    let hasGoogle: Bool
    /// Whether it names an organisation for passes that don't.
    let hasOrganizationName: Bool

    /// What it holds certificates for.
    var platforms: Set<Platform> {
        Set((passTypeIdentifier == nil ? [] : [Platform.apple]) + (hasGoogle ? [.google] : []))
    }
}
