import JSON

/// A campaign's class at Google, as its administrator sees it.
///
/// What GET answers can be put back: of it `override` alone is read.
public struct GoogleClass: Codable, Hashable, Sendable {
    /// The campaign.
    public var campaignId: CampaignID
    /// Whose issuer account it belongs to.
    public var walletConfigurationId: WalletConfigurationID
    /// The class id; with variants what their ids begin with.
    public var classId: String
    /// Its kind.
    public var kind: GooglePassKind
    /// The version of the campaign that it is made of.
    public var version: Int
    /// How far it is at Google, the worst of all variants.
    public var state: GoogleClassState
    /// How many variants there are, when the campaign has them.
    public var variants: Int?
    /// Why Google refused it.
    public var error: String?
    /// What could not be carried over, with the reason.
    public var warnings: [String]
    /// The administrator's merge patch; null without one.
    @Nullable public var override: JSONObject?

    /// Makes an item.
    public init(
        campaignId: CampaignID, walletConfigurationId: WalletConfigurationID, classId: String, kind: GooglePassKind,
        version: Int, state: GoogleClassState, variants: Int? = nil, error: String? = nil, warnings: [String] = [],
        override: JSONObject? = nil
    ) {
        self.campaignId = campaignId
        self.walletConfigurationId = walletConfigurationId
        self.classId = classId
        self.kind = kind
        self.version = version
        self.state = state
        self.variants = variants
        self.error = error
        self.warnings = warnings
        self.override = override
    }
}
