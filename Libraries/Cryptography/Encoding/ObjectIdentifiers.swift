/// The identifiers and algorithms that we write.
enum ObjectIdentifiers {
    static let data = DER.objectIdentifier(1, 2, 840, 113549, 1, 7, 1)
    static let signedData = DER.objectIdentifier(1, 2, 840, 113549, 1, 7, 2)
    static let contentType = DER.objectIdentifier(1, 2, 840, 113549, 1, 9, 3)
    static let messageDigest = DER.objectIdentifier(1, 2, 840, 113549, 1, 9, 4)
    static let signingTime = DER.objectIdentifier(1, 2, 840, 113549, 1, 9, 5)
    static let emailAddress = DER.objectIdentifier(1, 2, 840, 113549, 1, 9, 1)
    static let commonName = DER.objectIdentifier(2, 5, 4, 3)
    static let country = DER.objectIdentifier(2, 5, 4, 6)
    static let organization = DER.objectIdentifier(2, 5, 4, 10)
    static let organizationalUnit = DER.objectIdentifier(2, 5, 4, 11)

    /// SHA-256 without parameters (RFC 5754 §2).
    static let sha256 = DER.sequence(DER.objectIdentifier(2, 16, 840, 1, 101, 3, 4, 2, 1))
    /// RSA PKCS #1 v1.5 as CMS names it beside a digest (RFC 5754 §3.2).
    static let rsaEncryption = DER.sequence(DER.objectIdentifier(1, 2, 840, 113549, 1, 1, 1), DER.null)
    static let sha256WithRSAEncryption = DER.sequence(DER.objectIdentifier(1, 2, 840, 113549, 1, 1, 11), DER.null)
    static let ecdsaWithSHA256 = DER.sequence(DER.objectIdentifier(1, 2, 840, 10045, 4, 3, 2))
}
