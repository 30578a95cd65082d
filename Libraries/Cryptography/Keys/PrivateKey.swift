/// A private key, kept ready to sign; safe to use from many threads at once.
public final class PrivateKey: Sendable {
    /// What the key is.
    public let kind: KeyKind
    /// The key's public half.
    public let publicKey: PublicKey

    private let handle: KeyHandle

    /// Reads the first private key of a PEM text: PKCS #8, encrypted PKCS #8, or the older RSA and EC forms.
    ///
    /// A password is ignored when the key is not encrypted.
    public convenience init(pem: String, password: String? = nil) throws(CryptographyError) {
        let blocks = PEM.blocks(in: Array(pem.utf8))
        guard let block = blocks.first(where: { $0.label.hasSuffix("PRIVATE KEY") }) else { throw .noPrivateKey }
        var der: [UInt8]
        if block.isEncrypted {
            guard let password else { throw .passwordRequired }
            der = try LegacyContext.shared.decryptTraditional(pem: block.text, password: password)
        } else {
            guard let content = block.der else { throw .malformed("private key") }
            if block.label == "ENCRYPTED PRIVATE KEY" {
                guard let password else { throw .passwordRequired }
                der = try LegacyContext.shared.decryptPKCS8(content, password: password)
            } else {
                der = content
            }
        }
        defer { cleanse(&der) }
        try self.init(der: der)
    }

    /// Reads a key that is not encrypted from PKCS #8, PKCS #1 or SEC 1.
    public convenience init(der: [UInt8]) throws(CryptographyError) {
        try self.init(KeyHandle(privateDER: der))
    }

    /// Makes a new RSA key.
    public static func generateRSA(bits: Int = 2048) throws(CryptographyError) -> PrivateKey {
        guard (2048...8192).contains(bits) else {
            throw .unsupportedKey(reason: "an RSA key has 2048 to 8192 bits here")
        }
        return try PrivateKey(KeyHandle(generating: .rsa(bits: bits)))
    }

    /// Makes a new key on the curve P-256.
    public static func generateP256() throws(CryptographyError) -> PrivateKey {
        try PrivateKey(KeyHandle(generating: .p256))
    }

    private init(_ handle: KeyHandle) throws(CryptographyError) {
        self.handle = handle
        kind = handle.kind
        publicKey = try PublicKey(der: handle.publicDER())
    }

    /// The key as PKCS #8, not encrypted: for sealing at once, never for a log or an answer.
    public var pkcs8DER: [UInt8] {
        get throws(CryptographyError) { try handle.privateDER() }
    }

    /// The key as PKCS #8 in PEM, not encrypted: for sealing at once, never for a log or an answer.
    public var pkcs8PEM: String {
        get throws(CryptographyError) {
            var der = try handle.privateDER()
            defer { cleanse(&der) }
            return PEM.encode(der, label: "PRIVATE KEY")
        }
    }

    /// Whether the certificate is for this key.
    public func matches(_ certificate: Certificate) -> Bool {
        guard let other = try? KeyHandle(publicDER: certificate.publicKeyDER) else {
            return false  // A kind of key that a private key of ours can't be.
        }
        return handle.hasSamePublicKey(as: other)
    }

    /// The message's signature with SHA-256: RSA PKCS #1 v1.5, or ECDSA as DER.
    public func signature(for message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try handle.sign(digest: SHA256.digest(message))
    }
}

extension PrivateKey: CustomStringConvertible, CustomReflectable {
    /// The kind of the key alone.
    public var description: String { "PrivateKey(\(kind))" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
