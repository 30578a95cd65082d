import HTTPTypes

/// The erasure of a contact, or of the passes of a campaign that ended long ago.
public struct Erasure: Codable, Hashable, Sendable {
    /// Its id.
    public var id: ErasureID
    /// How far it is.
    public var state: ErasureState
    /// A keyed hash of the `contact.id`, which is not kept itself.
    public var contactHash: String?
    /// The campaign, when its passes are erased for their age.
    public var campaignId: CampaignID?
    /// Links made up to this instant bring nobody back.
    public var erasedAt: Instant
    /// When nothing was left.
    public var finishedAt: Instant?
    /// The id of the request that asked for it; the audit log has it too.
    public var requestId: String
    /// How many passes there were.
    public var passes: Int
    /// What each service has left.
    public var services: [ErasureProgress]

    /// Makes an answer.
    public init(
        id: ErasureID, state: ErasureState, contactHash: String? = nil, campaignId: CampaignID? = nil,
        erasedAt: Instant, finishedAt: Instant? = nil, requestId: String, passes: Int, services: [ErasureProgress]
    ) {
        self.id = id
        self.state = state
        self.contactHash = contactHash
        self.campaignId = campaignId
        self.erasedAt = erasedAt
        self.finishedAt = finishedAt
        self.requestId = requestId
        self.passes = passes
        self.services = services
    }
}
