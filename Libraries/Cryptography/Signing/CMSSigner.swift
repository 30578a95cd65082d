import Synchronization

/// Makes detached signatures (CMS SignedData, RFC 5652) with one certificate; safe to use from many threads at once.
///
/// Everything but digest, time and signature is encoded once. Each signature carries the signer's certificate and the
/// intermediates, is in DER, and signs content type, message digest (SHA-256) and signing time.
public final class CMSSigner: Sendable {
    private let key: PrivateKey
    private let template: CMSTemplate
    /// The frame of the last signature: with RSA all signatures until 2049 have the same lengths.
    private let lastFrame: Mutex<CMSTemplate.Frame>
    /// The attributes of the last second, without the digest at their end.
    private let lastAttributes: Mutex<(seconds: Int, bytes: [UInt8])>

    /// Refuses a key that is not the certificate's, by one trial signature.
    public init(
        certificate: Certificate, key: PrivateKey, intermediates: [Certificate]
    ) throws(CryptographyError) {
        guard key.matches(certificate) else { throw .keyDoesNotMatchCertificate }
        let probe = Array("probe".utf8)
        let signature = try key.signature(for: probe)
        guard key.publicKey.isValidSignature(signature, for: probe) else {
            throw .unsupportedKey(reason: "its private and public halves do not fit together")
        }
        self.key = key
        template = CMSTemplate(certificate: certificate, kind: key.kind, intermediates: intermediates)
        let attributes = CMSTemplate.attributesWithoutDigest(at: 0)
        lastAttributes = Mutex((0, attributes))
        lastFrame = Mutex(
            template.frame(attributesLength: attributes.count + SHA256.length, signatureLength: signature.count))
    }

    /// The signature of content that stays outside of it.
    /// - Parameter seconds: the signing time, since 1970.
    public func sign(_ content: [UInt8], at seconds: Int) throws(CryptographyError) -> [UInt8] {
        var attributes = attributesWithoutDigest(at: seconds)
        attributes += SHA256.digest(content)
        let signature = try key.signature(for: attributes)
        let frame = frame(attributesLength: attributes.count, signatureLength: signature.count)
        // What is signed has the tag of a SET, what is sent has the implicit tag (RFC 5652 §5.4).
        attributes[0] = 0xA0
        var output: [UInt8] = []
        output.reserveCapacity(frame.head.count + attributes.count + frame.middle.count + signature.count)
        output += frame.head
        output += attributes
        output += frame.middle
        output += signature
        return output
    }

    private func attributesWithoutDigest(at seconds: Int) -> [UInt8] {
        lastAttributes.withLock { last in
            if last.seconds != seconds { last = (seconds, CMSTemplate.attributesWithoutDigest(at: seconds)) }
            return last.bytes
        }
    }

    private func frame(attributesLength: Int, signatureLength: Int) -> CMSTemplate.Frame {
        lastFrame.withLock { last in
            if last.attributesLength != attributesLength || last.signatureLength != signatureLength {
                last = template.frame(attributesLength: attributesLength, signatureLength: signatureLength)
            }
            return last
        }
    }
}
