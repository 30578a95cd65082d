import Contracts
import JSON

/// What a mapping needs to know beside the content.
package struct GoogleMappingContext: Sendable {
    /// The issuer account.
    package var issuerID: GoogleIssuerID
    /// The campaign.
    package var campaignID: CampaignID
    /// Grows by one when the campaign's class must have a new id, because ids are burnt by their first kind.
    package var generation: Int
    /// The public base address of the campaign's images, without `/images`.
    package var assetBaseURL: String
    /// Where Google tells that a pass was saved or deleted; nil when there is no such address.
    package var callbackURL: String?
    /// The language of texts as they stand.
    package var defaultLanguage: String
    /// The present instant in seconds since 1970; nil leaves it open whether a pass has expired.
    package var now: Int?
    /// The campaign's name, for an object's content, which has none.
    package var campaignName: String?
    /// The kind that the campaign's class has; nil lets an object's own content imply it.
    package var kind: GooglePassKind?
    /// What differs between the campaign's passes, `tokenPointers` of its class request.
    package var tokenPointers: [String] {
        didSet { tokens = TokenPlaces(tokenPointers) }
    }
    /// Whether Google lets the issuer use `merchantLocations`.
    package var allowsMerchantLocations: Bool
    /// The patch that google-bridge's admin stored for the campaign's class.
    package var classOverride: JSONObject?
    /// `tokenPointers`, read once for all passes.
    private(set) var tokens: TokenPlaces

    /// Describes where a mapping takes place.
    package init(
        issuerID: GoogleIssuerID, campaignID: CampaignID, generation: Int = 1, assetBaseURL: String,
        callbackURL: String? = nil, defaultLanguage: String = "en", now: Int? = nil, campaignName: String? = nil,
        kind: GooglePassKind? = nil, tokenPointers: [String] = [], allowsMerchantLocations: Bool = true,
        classOverride: JSONObject? = nil
    ) {
        self.issuerID = issuerID
        self.campaignID = campaignID
        self.generation = generation
        self.assetBaseURL = assetBaseURL
        self.callbackURL = callbackURL
        self.defaultLanguage = defaultLanguage
        self.now = now
        self.campaignName = campaignName
        self.kind = kind
        self.tokenPointers = tokenPointers
        tokens = TokenPlaces(tokenPointers)
        self.allowsMerchantLocations = allowsMerchantLocations
        self.classOverride = classOverride
    }
}
