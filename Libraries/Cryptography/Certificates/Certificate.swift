import COpenSSL

/// An X.509 certificate (RFC 5280).
public final class Certificate: Sendable {
    /// The certificate as it is encoded.
    public let der: [UInt8]
    /// The subject as RFC 4514 writes it.
    public let subject: String
    /// The issuer as RFC 4514 writes it.
    public let issuer: String
    /// The serial number in upper-case digits.
    public let serialNumberHex: String
    /// The first second of validity, since 1970.
    public let notBefore: Int
    /// The last second of validity, since 1970.
    public let notAfter: Int
    /// The fingerprint in lower-case digits.
    public let sha256: String
    /// The subject's user id; in a pass certificate the pass type identifier.
    public let subjectUID: String?
    /// The subject's organizational unit; in a pass certificate the team identifier.
    public let organizationalUnit: String?
    /// The subject's common name.
    public let commonName: String?
    /// The identifier of the issuer's key.
    public let authorityKeyIdentifier: [UInt8]?
    /// The identifier of the certificate's own key.
    public let subjectKeyIdentifier: [UInt8]?
    /// The SubjectPublicKeyInfo.
    public let publicKeyDER: [UInt8]
    /// Whether it may issue certificates.
    public let isAuthority: Bool

    let issuerDER: [UInt8]
    let serialDER: [UInt8]

    /// Reads one certificate.
    public init(der: [UInt8]) throws(CryptographyError) {
        let handle = try CertificateHandle(der: der)
        (notBefore, notAfter) = try handle.validity()
        self.der = der
        subject = handle.subject
        issuer = handle.issuer
        serialNumberHex = handle.serialNumberHex
        sha256 = Hex.encode(SHA256.digest(der))
        subjectUID = handle.subjectAttribute(NID_userId)
        organizationalUnit = handle.subjectAttribute(NID_organizationalUnitName)
        commonName = handle.subjectAttribute(NID_commonName)
        authorityKeyIdentifier = handle.authorityKeyIdentifier
        subjectKeyIdentifier = handle.subjectKeyIdentifier
        publicKeyDER = handle.publicKeyDER
        isAuthority = handle.isAuthority
        issuerDER = handle.issuerDER
        serialDER = handle.serialDER
    }

    /// Reads the first certificate of a PEM text.
    public convenience init(pem: String) throws(CryptographyError) {
        guard let block = PEM.blocks(in: Array(pem.utf8)).first(where: Self.isCertificate) else {
            throw .noCertificate
        }
        guard let der = block.der else { throw .malformed("certificate") }
        try self.init(der: der)
    }

    /// All certificates of a PEM text in their order; other blocks and text between them are passed over.
    public static func parseMany(pem: String) throws(CryptographyError) -> [Certificate] {
        try parseMany(Array(pem.utf8))
    }

    /// All certificates of a file, which is PEM, or one certificate in DER.
    public static func parseMany(_ file: [UInt8]) throws(CryptographyError) -> [Certificate] {
        let blocks = PEM.blocks(in: file).filter(isCertificate)
        if blocks.isEmpty, file.first == 0x30 { return [try Certificate(der: file)] }
        var certificates: [Certificate] = []
        for block in blocks {
            guard let der = block.der else { throw .malformed("certificate") }
            certificates.append(try Certificate(der: der))
        }
        return certificates
    }

    /// The certificate in PEM.
    public var pem: String { PEM.encode(der, label: "CERTIFICATE") }

    /// The key that the certificate is about.
    public var publicKey: PublicKey {
        get throws(CryptographyError) { try PublicKey(der: publicKeyDER) }
    }

    /// Whether an instant, in seconds since 1970, is within the validity.
    public func isValid(at seconds: Int) -> Bool {
        (notBefore...max(notBefore, notAfter)).contains(seconds)
    }

    /// Whether another certificate issued this one, by names, key identifiers, right to sign and signature.
    public func isIssued(by other: Certificate) -> Bool {
        guard let own = try? CertificateHandle(der: der), let issuer = try? CertificateHandle(der: other.der) else {
            return false  // Not reached: both were parsed before.
        }
        return own.isIssued(by: issuer)
    }

    /// The content of an extension named by its dotted object identifier; nil when there is none.
    public func extensionValue(_ identifier: String) -> [UInt8]? {
        guard let handle = try? CertificateHandle(der: der) else { return nil }  // Not reached, as above.
        return handle.extensionValue(identifier)
    }

    private static func isCertificate(_ block: PEM.Block) -> Bool {
        ["CERTIFICATE", "X509 CERTIFICATE"].contains(block.label)
    }
}

extension Certificate: Hashable {
    /// Certificates are equal when their encodings are.
    public static func == (left: Certificate, right: Certificate) -> Bool { left.der == right.der }

    /// Hashes the fingerprint.
    public func hash(into hasher: inout Hasher) { hasher.combine(sha256) }
}
