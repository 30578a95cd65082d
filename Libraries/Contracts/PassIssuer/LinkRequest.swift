import HTTPTypes
import JSON

/// A request for one link, to one pass or to several.
public struct LinkRequest: Codable, Hashable, Sendable {
    /// What the answer is known by.
    public var id: String
    /// The campaign that the pass is of; null when each of `passes` names its own.
    public var campaignId: CampaignID?
    /// Which wallet the link is for.
    public var platform: LinkPlatform
    /// What makes the pass one and the same.
    public var passKey: PassKey?
    /// The data of the person.
    public var contact: JSONObject?
    /// The data of the voucher.
    public var voucher: JSONObject?
    /// Until when the link may be opened.
    public var expiresAt: Instant?
    /// Several passes behind the link; what they don't say themselves is what stands beside them.
    public var passes: [LinkedPass]?

    /// Makes a request.
    public init(
        id: String, campaignId: CampaignID? = nil, platform: LinkPlatform, passKey: PassKey? = nil,
        contact: JSONObject? = nil, voucher: JSONObject? = nil, expiresAt: Instant? = nil, passes: [LinkedPass]? = nil
    ) {
        self.id = id
        self.campaignId = campaignId
        self.platform = platform
        self.passKey = passKey
        self.contact = contact
        self.voucher = voucher
        self.expiresAt = expiresAt
        self.passes = passes
    }
}
