import Contracts
import JSON

/// An issuer account whose service account is open and ready to sign.
struct IssuerCredentials: Sendable {
    let walletConfiguration: WalletConfigurationID
    let issuerID: GoogleIssuerID
    let account: ServiceAccount
    /// Whether Google lets the issuer use `merchantLocations`, as far as we know.
    var allowsLocations = true

    /// What of a class or an object Google lets the issuer have.
    func allowed(_ content: JSONObject) -> JSONObject {
        allowsLocations ? content : Self.withoutLocations(content)
    }

    /// A class or an object as any issuer may have it.
    static func withoutLocations(_ content: JSONObject) -> JSONObject {
        var plain = content
        plain["merchantLocations"] = nil
        return plain
    }
}
