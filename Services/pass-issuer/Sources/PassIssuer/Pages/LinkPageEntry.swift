import Contracts

/// A pass on the page behind a link.
struct LinkPageEntry: Sendable {
    let card: PassCard
    /// The wallets that it is offered for.
    let platforms: [Platform]
    /// What stands behind the path in the pass's own link; nil when that is the page's.
    var link: String?
}
