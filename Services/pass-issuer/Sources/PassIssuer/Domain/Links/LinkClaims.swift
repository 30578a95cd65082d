import Contracts
import HTTPTypes
import JSON

/// What a link says: which pass, of which campaign, for which platform, with which data.
struct LinkClaims: Sendable, Hashable {
    var campaign: CampaignID
    var platform: LinkPlatform
    var passKey: PassKey
    var contact: JSONObject
    var voucher: JSONObject
    /// The instant of the data; a link replaces older data and never newer.
    var issuedAt: Instant
    var expiresAt: Instant?

    /// The issuer that every link of ours names.
    static let issuer = "pass-issuer"
}
