import HTTPTypes
import JSON

/// A pass as it is answered to admins.
public struct Pass: Codable, Hashable, Sendable {
    /// Its serial number.
    public var serialNumber: SerialNumber
    /// Its campaign.
    public var campaignId: CampaignID
    /// Where it lives.
    public var platforms: [Platform]
    /// The data of the person.
    public var contact: JSONObject
    /// The data of the voucher.
    public var voucher: JSONObject
    /// Whether it is no longer good.
    public var voided: Bool
    /// Grows by one with each change.
    public var version: Int
    /// The instant of its data.
    public var dataAt: Instant
    /// When it was made.
    public var createdAt: Instant
    /// When it changed last.
    public var updatedAt: Instant
    /// When its owner entered the data that it asked for; absent while nobody has.
    public var personalizedAt: Instant?
    /// When its contact was erased; absent while it is there.
    public var erasedAt: Instant?
    /// On how many devices it is; null when they cannot be counted now.
    @Nullable public var installations: Int?
    /// What the change that was just made should have had; absent when there is nothing to say.
    public var warnings: [String]?

    /// Makes an answer.
    public init(
        serialNumber: SerialNumber, campaignId: CampaignID, platforms: [Platform], contact: JSONObject = [:],
        voucher: JSONObject = [:], voided: Bool = false, version: Int, dataAt: Instant, createdAt: Instant,
        updatedAt: Instant, personalizedAt: Instant? = nil, erasedAt: Instant? = nil, installations: Int? = nil,
        warnings: [String]? = nil
    ) {
        self.serialNumber = serialNumber
        self.campaignId = campaignId
        self.platforms = platforms
        self.contact = contact
        self.voucher = voucher
        self.voided = voided
        self.version = version
        self.dataAt = dataAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.personalizedAt = personalizedAt
        self.erasedAt = erasedAt
        self.installations = installations
        self.warnings = warnings
    }
}
