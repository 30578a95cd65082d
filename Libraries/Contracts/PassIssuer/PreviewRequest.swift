import JSON

/// A pass to look at before any is issued.
public struct PreviewRequest: Codable, Hashable, Sendable {
    /// For which wallet.
    public var platform: Platform
    /// The person; sample values when neither this nor the voucher is given.
    public var contact: JSONObject?
    /// What the pass is about; sample values when neither this nor the contact is given.
    public var voucher: JSONObject?
    /// Which sample values to use where there are no others; typical ones unless it says otherwise. When it is given,
    /// they also fill what a contact or voucher beside it lacks.
    public var sample: PreviewSample?
    /// The language of the phone, for Apple: texts are answered as they are shown in it.
    public var language: String?
    /// Content that is not stored yet, instead of the campaign's.
    public var content: CampaignRequest?

    /// Makes a request.
    public init(
        platform: Platform, contact: JSONObject? = nil, voucher: JSONObject? = nil, sample: PreviewSample? = nil,
        language: String? = nil, content: CampaignRequest? = nil
    ) {
        self.platform = platform
        self.contact = contact
        self.voucher = voucher
        self.sample = sample
        self.language = language
        self.content = content
    }
}
