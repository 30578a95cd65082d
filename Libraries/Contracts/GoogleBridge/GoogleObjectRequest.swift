import HTTPTypes
import JSON

/// One pass with its real values, from which its object at Google is made.
public struct GoogleObjectRequest: Codable, Hashable, Sendable {
    /// Its campaign.
    public var campaignId: CampaignID
    /// Whose issuer account and service account.
    public var walletConfigurationId: WalletConfigurationID
    /// The version of the campaign that it is made of.
    public var campaignVersion: Int
    /// The pass's own version; an older one than the bridge has changes nothing.
    public var version: Int
    /// Shown where the content names no organisation.
    public var organizationName: String?
    /// Apple's vocabulary with its tokens filled in.
    public var pass: JSONObject
    /// Translations by language, tokens filled in.
    public var localizations: [String: [String: String]]
    /// The campaign's images.
    public var images: [GoogleImage]
    /// What the campaign says of Google beyond that, tokens filled in.
    public var google: GoogleOverrides?
    /// Whether the pass is no longer good.
    public var voided: Bool

    /// Makes a request.
    public init(
        campaignId: CampaignID, walletConfigurationId: WalletConfigurationID, campaignVersion: Int, version: Int,
        organizationName: String? = nil, pass: JSONObject, localizations: [String: [String: String]] = [:],
        images: [GoogleImage] = [], google: GoogleOverrides? = nil, voided: Bool = false
    ) {
        self.campaignId = campaignId
        self.walletConfigurationId = walletConfigurationId
        self.campaignVersion = campaignVersion
        self.version = version
        self.organizationName = organizationName
        self.pass = pass
        self.localizations = localizations
        self.images = images
        self.google = google
        self.voided = voided
    }
}
