import Contracts
import GoogleWalletSchema
import JSON

/// A class or object as it shall be from now on.
struct WantedResource: Sendable {
    let id: ResourceID
    let walletConfiguration: WalletConfigurationID
    let issuerID: GoogleIssuerID
    let campaign: CampaignID
    let kind: GoogleKind
    /// What people call it: `class:<campaignId>` or `object:<serialNumber>`.
    let target: String
    /// The class of an object.
    var classID: String?
    /// The version of the campaign that it is made of.
    let campaignVersion: Int
    /// The content that a variant of a class was made of.
    var variant: JSONValue?
    let body: JSONObject
}
