import Contracts

/// A Google issuer account of a wallet configuration, its service account still sealed.
struct IssuerAccount: Sendable, Hashable {
    let walletConfiguration: WalletConfigurationID
    let issuerID: GoogleIssuerID
    let clientEmail: String
    let sealedServiceAccount: [UInt8]
    /// Never the same twice: what was opened under one revision is good for it alone.
    let revision: Int
    /// Whether Google lets the issuer use `merchantLocations`, as far as we know.
    let allowsLocations: Bool

    /// What the key file is sealed to, so that it can't be put in another's place.
    static func context(of id: WalletConfigurationID) -> [UInt8] {
        Array("google.issuers/\(id.rawValue)/serviceAccount".utf8)
    }
}
