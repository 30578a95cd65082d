import Bytes
import Contracts

/// A pass as phones get it.
struct SignedPass: Sendable {
    let pass: Pass
    /// The `.pkpass`.
    let package: SharedBytes
    let passTypeIdentifier: PassTypeIdentifier
}
