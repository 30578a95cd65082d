import Contracts
import HTTPTypes
import JSON

/// A campaign: what its passes show, and whose certificates sign them.
struct Campaign: Sendable, Hashable {
    let id: CampaignID
    var name: String
    var walletConfiguration: WalletConfigurationID
    /// Grows by one with each change of content, images included.
    var version: Int
    var definition: CampaignDefinition
    /// The images of this version by file name.
    var images: [ImageFile: CampaignImage]
    /// Since when it has had what its platforms require; nil is a draft.
    var activatedAt: Instant?
    var endsAt: Instant?
    /// When it was ended by force; no later change takes that back.
    var endedAt: Instant?
    let createdAt: Instant
    var updatedAt: Instant
}

extension Campaign {
    /// Whether passes of both would be the same but for who reads them.
    func makesSamePasses(as other: Campaign) -> Bool {
        definition == other.definition && images == other.images && walletConfiguration == other.walletConfiguration
    }
}
