/// The certificate that a client showed.
public struct HTTP2PeerCertificate: Sendable, Hashable {
    /// The certificate as it is encoded.
    public let der: [UInt8]
    /// Why it is not trusted, in OpenSSL's words; nil when it is.
    public let fault: String?
}
