import Contracts

/// An issuer account whose service account is open and ready to sign.
struct IssuerCredentials: Sendable {
    let walletConfiguration: WalletConfigurationID
    let issuerID: GoogleIssuerID
    let account: ServiceAccount
}
