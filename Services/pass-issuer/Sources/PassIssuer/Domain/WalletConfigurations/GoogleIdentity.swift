import Contracts

/// A Google Wallet issuer and the service account that writes for it.
struct GoogleIdentity: Sendable, Hashable {
    let issuerID: GoogleIssuerID
    let clientEmail: String
    /// The account's JSON key file, sealed for ``SealedSecret/serviceAccount``.
    let sealedServiceAccount: [UInt8]
}
