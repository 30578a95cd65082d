/// A public key that checks signatures; safe to use from many threads at once.
public final class PublicKey: Sendable {
    /// The SubjectPublicKeyInfo.
    public let der: [UInt8]
    /// What the key is.
    public let kind: KeyKind

    private let handle: KeyHandle

    /// Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
    public init(der: [UInt8]) throws(CryptographyError) {
        handle = try KeyHandle(publicDER: der)
        kind = handle.kind
        self.der = der
    }

    /// Reads the first `PUBLIC KEY` of a PEM text.
    public convenience init(pem: String) throws(CryptographyError) {
        let block = PEM.blocks(in: Array(pem.utf8)).first { $0.label == "PUBLIC KEY" }
        guard let der = block?.der else { throw .malformed("public key") }
        try self.init(der: der)
    }

    /// The key in PEM.
    public var pem: String { PEM.encode(der, label: "PUBLIC KEY") }

    /// Whether a signature with SHA-256 is the message's: RSA PKCS #1 v1.5, or ECDSA as DER.
    public func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        handle.isValid(signature, digest: SHA256.digest(message))
    }
}
