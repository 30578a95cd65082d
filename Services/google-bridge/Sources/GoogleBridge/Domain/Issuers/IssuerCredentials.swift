import Contracts

/// An issuer account whose service account is open and ready to sign.
struct IssuerCredentials: Sendable {
    let walletConfiguration: WalletConfigurationID
    let issuerID: GoogleIssuerID
    let account: ServiceAccount
    /// Whether Google lets the issuer use `merchantLocations`, as far as we know.
    var allowsLocations = true
}
