/// A certificate to reach APNs with.
public struct CertificateCredentials: Codable, Hashable, Sendable {
    /// The pass type certificate in PEM.
    public var certificate: String
    /// Its private key in PEM.
    public var privateKey: Confidential<String>
    /// The intermediate certificate in PEM.
    public var intermediate: String

    /// Makes credentials.
    public init(certificate: String, privateKey: Confidential<String>, intermediate: String) {
        self.certificate = certificate
        self.privateKey = privateKey
        self.intermediate = intermediate
    }
}
