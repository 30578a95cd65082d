import Contracts
import Cryptography
import HTTPTypes

/// What APNs is reached with, checked as far as it can be without asking APNs.
struct APNsCredentials: Sendable {
    let content: PushCredentials
    /// The certificate; nil for a token key.
    let certificate: Certificate?

    /// The name of a kind of credentials, as it is stored.
    var kind: String {
        switch content {
        case .certificate: "certificate"
        case .tokenKey: "tokenKey"
        }
    }

    /// The last second of the certificate.
    var notAfter: Instant? { certificate.map { Instant(seconds: $0.notAfter) } }

    /// Reads certificate and key, and refuses what can't belong together or to this pass type.
    init(_ content: PushCredentials, for topic: PassTypeIdentifier) throws(CredentialFault) {
        self.content = content
        switch content {
        case .certificate(let credentials):
            certificate = try Self.certificate(of: credentials, for: topic)
        case .tokenKey(let key):
            _ = try Self.signingKey(key)
            certificate = nil
        }
    }

    /// The key that signs provider tokens.
    static func signingKey(_ key: PushKey) throws(CredentialFault) -> PrivateKey {
        let signingKey = try CredentialFault.at("/tokenKey/privateKey") { () throws(CryptographyError) in
            try PrivateKey(pem: key.privateKey.value)
        }
        guard signingKey.kind == .p256 else {
            throw CredentialFault("/tokenKey/privateKey", "An APNs key is a P-256 key; this one is not.")
        }
        return signingKey
    }

    private static func certificate(
        of credentials: CertificateCredentials, for topic: PassTypeIdentifier
    ) throws(CredentialFault) -> Certificate {
        let certificate = try CredentialFault.at("/certificate") { () throws(CryptographyError) in
            try Certificate(pem: credentials.certificate)
        }
        let key = try CredentialFault.at("/privateKey") { () throws(CryptographyError) in
            try PrivateKey(pem: credentials.privateKey.value)
        }
        guard key.matches(certificate) else {
            throw CredentialFault("/privateKey", "The private key does not belong to the certificate.")
        }
        guard certificate.subjectUID == topic.rawValue else {
            throw CredentialFault(
                "/certificate", "The certificate is for \(certificate.subjectUID ?? "no pass type"), not for \(topic).")
        }
        let intermediates = try CredentialFault.at("/intermediate") { () throws(CryptographyError) in
            try Certificate.parseMany(pem: credentials.intermediate)
        }
        guard !intermediates.isEmpty else {
            throw CredentialFault("/intermediate", "The intermediate certificate is missing.")
        }
        return certificate
    }
}
