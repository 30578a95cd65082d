import HTTPTypes

/// What a checked package says it is.
public struct CheckedPass: Codable, Hashable, Sendable {
    /// The package's name in a bundle; null for a package of its own.
    @Nullable public var file: String?
    /// The style, `storeCard`.
    @Nullable public var style: String?
    /// The pass type that pass.json names.
    @Nullable public var passTypeIdentifier: String?
    /// The team that pass.json names.
    @Nullable public var teamIdentifier: String?
    /// The serial number that pass.json names.
    @Nullable public var serialNumber: String?
    /// Who signed it.
    @Nullable public var certificate: CertificateSummary?
    /// When it says it was signed.
    @Nullable public var signedAt: Instant?

    /// Describes a package.
    public init(
        file: String? = nil, style: String? = nil, passTypeIdentifier: String? = nil, teamIdentifier: String? = nil,
        serialNumber: String? = nil, certificate: CertificateSummary? = nil, signedAt: Instant? = nil
    ) {
        self.file = file
        self.style = style
        self.passTypeIdentifier = passTypeIdentifier
        self.teamIdentifier = teamIdentifier
        self.serialNumber = serialNumber
        self.certificate = certificate
        self.signedAt = signedAt
    }
}
