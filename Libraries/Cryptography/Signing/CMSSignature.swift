import COpenSSL

/// A signature (CMS SignedData, RFC 5652) as somebody else made it: read, and checked against what it is about.
public struct CMSSignature: Sendable {
    /// The certificate of the first signer, when it is among those inside.
    public let signer: Certificate?
    /// Every certificate inside that can be read.
    public let certificates: [Certificate]
    /// How many have signed.
    public let signerCount: Int
    /// The digest of the first signer, as OpenSSL names it: `SHA256`.
    public let digestAlgorithm: String
    /// When the first signer says it signed, in seconds since 1970.
    public let signingTime: Int?
    /// Whether the content stays outside.
    public let isDetached: Bool

    private let der: [UInt8]

    /// Reads a signature; refuses whatever is no SignedData, and bytes behind it.
    public init(der: [UInt8]) throws(CryptographyError) {
        let handle = try CMSHandle(der: der)
        self.der = der
        certificates = handle.certificates()
        signerCount = handle.signerCount
        isDetached = handle.isDetached
        signer = certificates.first { handle.isFirstSigner($0) }
        digestAlgorithm = handle.digestAlgorithm
        signingTime = handle.signingTime
    }

    /// Whether the signature is the content's, by the keys of the certificates inside; nothing is said of their trust.
    public func isValid(for content: [UInt8]) -> Bool {
        guard let handle = try? CMSHandle(der: der) else { return false }  // Not reached: it was read before.
        return handle.verify(content)
    }
}
