import Contracts
import HTTPTypes

/// A key that was made here and waits for the certificate that Apple makes of its signing request.
struct PendingSigningRequest: Sendable, Hashable {
    let id: SigningRequestID
    let walletConfiguration: WalletConfigurationID
    /// PKCS#8 DER, sealed for ``context(of:)``.
    let sealedPrivateKey: [UInt8]
    let createdAt: Instant

    /// How many may wait for one configuration: a renewal needs one, and somebody may begin again.
    static let maximumCount = 20

    /// The associated data that its key is sealed with.
    static func context(of id: SigningRequestID) -> [UInt8] {
        Array("issuer.signing_requests/\(id.rawValue)/privateKey".utf8)
    }
}
