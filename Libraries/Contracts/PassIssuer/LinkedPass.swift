import JSON

/// One of several passes behind a link.
public struct LinkedPass: Codable, Hashable, Sendable {
    /// The campaign that the pass is of.
    public var campaignId: CampaignID?
    /// What makes the pass one and the same.
    public var passKey: PassKey?
    /// The data of the person.
    public var contact: JSONObject?
    /// The data of the voucher.
    public var voucher: JSONObject?

    /// Names a pass.
    public init(
        campaignId: CampaignID? = nil, passKey: PassKey? = nil, contact: JSONObject? = nil, voucher: JSONObject? = nil
    ) {
        self.campaignId = campaignId
        self.passKey = passKey
        self.contact = contact
        self.voucher = voucher
    }
}
