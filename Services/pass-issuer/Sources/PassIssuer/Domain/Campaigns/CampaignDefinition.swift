import Contracts
import JSON

/// What passes of a campaign are made from; the one content for both platforms, stored as it was sent.
struct CampaignDefinition: Sendable, Hashable, Codable {
    /// Apple's pass.json vocabulary with tokens, without the identity keys.
    var pass: JSONObject
    /// Language → (text as it stands in `pass` → translation).
    var localizations: JSONObject?
    /// The kind, and merge patches for Google's class and object.
    var google: GoogleOverrides?
    /// What a missing token does.
    var tokens: TokenPolicy?
    /// Apple's rewards enrolment.
    var personalization: Personalization?

    init(_ request: CampaignRequest) {
        pass = request.pass
        localizations = request.localizations
        google = request.google
        tokens = request.tokens
        personalization = request.personalization
    }
}
