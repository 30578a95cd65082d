import Contracts

/// What makes a campaign version's packages: the certificate's names, its signer, and the files that passes share.
struct AppleIssuing: Sendable {
    let passTypeIdentifier: PassTypeIdentifier
    let teamIdentifier: TeamIdentifier
    let packages: PassPackageMaker
    /// Where phones ask for updates.
    let webServiceURL: String
}
