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
    /// Whether passes show the content of an imported package exactly as it came, without our improvements; nil is no.
    var isVerbatim: Bool?

    /// The content of a campaign that has nothing else yet.
    init(pass: JSONObject) {
        self.pass = pass
    }

    init(_ request: CampaignRequest) {
        pass = request.pass
        localizations = request.localizations
        google = request.google
        tokens = request.tokens
        personalization = request.personalization
    }

    /// Takes over what a package holds; a bare pass.json says nothing of translations and enrolment.
    mutating func adopt(_ package: ImportedPackage) {
        pass = package.pass
        if package.images != nil {
            localizations = package.localizations
            personalization = package.personalization
        }
        isVerbatim = true
    }

    /// The same, as verbatim as the stored one when it shows the same.
    func keepingImport(of stored: CampaignDefinition?) -> CampaignDefinition {
        guard let stored, stored.pass == pass, stored.localizations == localizations else { return self }
        var kept = self
        kept.isVerbatim = stored.isVerbatim
        return kept
    }
}
