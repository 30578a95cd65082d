/// A topic while its credentials are being changed.
struct LockedTopic: Sendable {
    let number: Int
    /// The newest revision that pass-issuer named.
    let issuerRevision: Int
    let credentials: StoredCredentials?
}
