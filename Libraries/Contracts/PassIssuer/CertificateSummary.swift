import HTTPTypes

/// What a certificate says of itself.
public struct CertificateSummary: Codable, Hashable, Sendable {
    /// Whom it is for.
    public var subject: String
    /// Who issued it.
    public var issuer: String
    /// Its serial number in hexadecimal digits.
    public var serialNumber: String
    /// The first instant of its validity.
    public var notBefore: Instant
    /// The last instant of its validity.
    public var notAfter: Instant
    /// The fingerprint of its DER form.
    public var sha256: ContentHash

    /// Makes a summary.
    public init(
        subject: String, issuer: String, serialNumber: String, notBefore: Instant, notAfter: Instant,
        sha256: ContentHash
    ) {
        self.subject = subject
        self.issuer = issuer
        self.serialNumber = serialNumber
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.sha256 = sha256
    }
}
