/// What all signatures of one signer have in common.
struct CMSTemplate: Sendable {
    /// SignedData from its version to its certificates.
    private let signedDataHead: [UInt8]
    /// SignerInfo from its version to its digest algorithm.
    private let signerInfoHead: [UInt8]
    private let signatureAlgorithm: [UInt8]

    /// The bytes around attributes and signature, which depend on the lengths of these two alone.
    struct Frame {
        let attributesLength: Int
        let signatureLength: Int
        /// What stands before the attributes.
        let head: [UInt8]
        /// What stands between attributes and signature.
        let middle: [UInt8]
    }

    init(certificate: Certificate, kind: KeyKind, intermediates: [Certificate]) {
        let certificates = DER.set(Array(Set(([certificate] + intermediates).map(\.der))), tag: 0xA0)
        signedDataHead =
            DER.integer(1) + DER.set([ObjectIdentifiers.sha256]) + DER.sequence(ObjectIdentifiers.data) + certificates
        signerInfoHead =
            DER.integer(1) + DER.sequence(certificate.issuerDER, certificate.serialDER) + ObjectIdentifiers.sha256
        signatureAlgorithm =
            switch kind {
            case .rsa: ObjectIdentifiers.rsaEncryption
            case .p256: ObjectIdentifiers.ecdsaWithSHA256
            }
    }

    /// The frame for attributes and a signature of these lengths.
    func frame(attributesLength: Int, signatureLength: Int) -> Frame {
        let middle = signatureAlgorithm + DER.header(0x04, length: signatureLength)
        // From the inside out: each header needs the length of all that follows it.
        let follows = attributesLength + middle.count + signatureLength
        var head = DER.header(0x30, length: signerInfoHead.count + follows) + signerInfoHead
        head = signedDataHead + DER.header(0x31, length: head.count + follows) + head
        head = DER.header(0x30, length: head.count + follows) + head
        head = ObjectIdentifiers.signedData + DER.header(0xA0, length: head.count + follows) + head
        head = DER.header(0x30, length: head.count + follows) + head
        return Frame(
            attributesLength: attributesLength, signatureLength: signatureLength, head: head, middle: middle)
    }

    /// The signed attributes as a SET OF up to the digest, which sorts last and ends them.
    static func attributesWithoutDigest(at seconds: Int) -> [UInt8] {
        let digest = [UInt8](repeating: 0, count: SHA256.length)
        let attributes = DER.set([
            DER.sequence(ObjectIdentifiers.contentType, DER.set([ObjectIdentifiers.data])),
            DER.sequence(ObjectIdentifiers.signingTime, DER.set([DER.time(seconds)])),
            DER.sequence(ObjectIdentifiers.messageDigest, DER.set([DER.octetString(digest)])),
        ])
        return attributes.dropLast(SHA256.length)
    }
}
