import Contracts

/// Credentials as they are stored.
struct StoredCredentials: Sendable {
    let passTypeIdentifier: PassTypeIdentifier
    /// Changes with the content.
    let revision: Int
    /// The content, sealed.
    let sealed: [UInt8]
}
