/// Makes detached signatures (CMS SignedData, RFC 5652) with one certificate; safe to use from many threads at once.
///
/// Everything but digest, time and signature is encoded once. Each signature carries the signer's certificate and the
/// intermediates, is in DER, and signs content type, message digest (SHA-256) and signing time.
public final class CMSSigner: Sendable {
    private let key: PrivateKey
    /// SignedData from its version to its certificates.
    private let signedDataHead: [UInt8]
    /// SignerInfo from its version to its digest algorithm.
    private let signerInfoHead: [UInt8]
    private let signatureAlgorithm: [UInt8]

    /// Refuses a key that is not the certificate's, by one trial signature.
    public init(
        certificate: Certificate, key: PrivateKey, intermediates: [Certificate]
    ) throws(CryptographyError) {
        guard key.matches(certificate) else { throw .keyDoesNotMatchCertificate }
        let probe = Array("probe".utf8)
        guard key.publicKey.isValidSignature(try key.signature(for: probe), for: probe) else {
            throw .unsupportedKey(reason: "its private and public halves do not fit together")
        }
        self.key = key
        let certificates = DER.set(Array(Set(([certificate] + intermediates).map(\.der))), tag: 0xA0)
        signedDataHead =
            DER.integer(1) + DER.set([ObjectIdentifiers.sha256]) + DER.sequence(ObjectIdentifiers.data) + certificates
        signerInfoHead =
            DER.integer(1) + DER.sequence(certificate.issuerDER, certificate.serialDER) + ObjectIdentifiers.sha256
        signatureAlgorithm =
            switch key.kind {
            case .rsa: ObjectIdentifiers.rsaEncryption
            case .p256: ObjectIdentifiers.ecdsaWithSHA256
            }
    }

    /// The signature of content that stays outside of it.
    /// - Parameter seconds: the signing time, since 1970.
    public func sign(_ content: [UInt8], at seconds: Int) throws(CryptographyError) -> [UInt8] {
        var attributes = Self.signedAttributes(digest: SHA256.digest(content), at: seconds)
        // What is signed has the tag of a SET, what is sent has the implicit tag (RFC 5652 §5.4).
        let signature = try key.signature(for: attributes)
        attributes[0] = 0xA0
        return assemble(attributes: attributes, signature: signature)
    }

    private func assemble(attributes: [UInt8], signature: [UInt8]) -> [UInt8] {
        let signatureHeader = DER.header(0x04, length: signature.count)
        let signerLength =
            signerInfoHead.count + attributes.count + signatureAlgorithm.count + signatureHeader.count + signature.count
        let signerHeader = DER.header(0x30, length: signerLength)
        let signersLength = signerHeader.count + signerLength
        let signersHeader = DER.header(0x31, length: signersLength)
        let dataLength = signedDataHead.count + signersHeader.count + signersLength
        let dataHeader = DER.header(0x30, length: dataLength)
        let explicitLength = dataHeader.count + dataLength
        let explicitHeader = DER.header(0xA0, length: explicitLength)
        let length = ObjectIdentifiers.signedData.count + explicitHeader.count + explicitLength
        let header = DER.header(0x30, length: length)

        var output: [UInt8] = []
        output.reserveCapacity(header.count + length)
        output += header
        output += ObjectIdentifiers.signedData
        output += explicitHeader
        output += dataHeader
        output += signedDataHead
        output += signersHeader
        output += signerHeader
        output += signerInfoHead
        output += attributes
        output += signatureAlgorithm
        output += signatureHeader
        output += signature
        return output
    }

    private static func signedAttributes(digest: [UInt8], at seconds: Int) -> [UInt8] {
        DER.set([
            DER.sequence(ObjectIdentifiers.contentType, DER.set([ObjectIdentifiers.data])),
            DER.sequence(ObjectIdentifiers.signingTime, DER.set([DER.time(seconds)])),
            DER.sequence(ObjectIdentifiers.messageDigest, DER.set([DER.octetString(digest)])),
        ])
    }
}
