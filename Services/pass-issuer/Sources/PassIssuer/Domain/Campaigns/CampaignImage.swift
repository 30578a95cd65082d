import Contracts

/// An image of a campaign, by the hash of its content.
struct CampaignImage: Sendable, Hashable {
    let sha256: ContentHash
    /// Pixels.
    let width: Int
    /// Pixels.
    let height: Int
    /// Size in bytes.
    let byteCount: Int
}
