/// Apple's part of a wallet configuration as it is answered.
public struct AppleConfiguration: Codable, Hashable, Sendable {
    /// The pass type, read from the certificate.
    public var passTypeIdentifier: PassTypeIdentifier?
    /// The team, read from the certificate.
    public var teamIdentifier: TeamIdentifier?
    /// The certificate that signs passes.
    public var certificate: CertificateSummary?
    /// The key for token authentication with APNs.
    public var pushKey: PushKeySummary?

    /// Makes Apple's part.
    public init(
        passTypeIdentifier: PassTypeIdentifier? = nil, teamIdentifier: TeamIdentifier? = nil,
        certificate: CertificateSummary? = nil, pushKey: PushKeySummary? = nil
    ) {
        self.passTypeIdentifier = passTypeIdentifier
        self.teamIdentifier = teamIdentifier
        self.certificate = certificate
        self.pushKey = pushKey
    }
}
