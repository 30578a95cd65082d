import Contracts

/// A pass as phones get it.
struct SignedPass: Sendable {
    let pass: Pass
    /// The `.pkpass`.
    let package: PassPackage
    let passTypeIdentifier: PassTypeIdentifier
}
