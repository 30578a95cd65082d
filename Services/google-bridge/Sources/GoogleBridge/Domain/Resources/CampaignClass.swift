import Contracts
import GoogleWalletSchema
import JSON

/// A campaign as pass-issuer told it last, without its content.
struct CampaignClass: Sendable, Hashable {
    let campaign: CampaignID
    let walletConfiguration: WalletConfigurationID
    let issuerID: GoogleIssuerID
    let kind: GoogleKind
    /// The id of its class; with variants what their ids begin with.
    let classID: String
    /// Whether there is a class for each distinct value of what its passes would share.
    let hasVariants: Bool
    /// Grows when the class needs a new id.
    let generation: Int
    let version: Int
    let name: String
    /// What differs between its passes.
    let tokenPointers: [String]
    /// The administrator's merge patch on the class.
    let override: JSONObject?
    let warnings: [String]

    /// The generation of a class of this kind for an issuer: an id is burnt for the kind that it was used for first.
    func generation(of kind: GoogleKind, for issuer: GoogleIssuerID) -> Int {
        issuerID == issuer && self.kind != kind ? generation + 1 : generation
    }

    /// The same under another merge patch of the administrator's.
    func with(override patch: JSONObject?) -> CampaignClass {
        CampaignClass(
            campaign: campaign, walletConfiguration: walletConfiguration, issuerID: issuerID, kind: kind,
            classID: classID, hasVariants: hasVariants, generation: generation, version: version, name: name,
            tokenPointers: tokenPointers, override: patch, warnings: warnings)
    }
}
