import Contracts
import GoogleWalletSchema
import JSON

/// A class or object: what it shall be at Google, and what is there as far as we know.
struct WalletResource: Sendable {
    let id: ResourceID
    let walletConfiguration: WalletConfigurationID
    let issuerID: GoogleIssuerID
    let campaign: CampaignID
    let kind: GoogleKind
    /// The class of an object.
    let classID: String?
    let wanted: JSONObject
    /// Every member that may have been sent since the last write that was confirmed; nil: those of `wanted`.
    let sent: JSONObject?
    /// Changes with `wanted`.
    let revision: Int
    let isAtGoogle: Bool
}
