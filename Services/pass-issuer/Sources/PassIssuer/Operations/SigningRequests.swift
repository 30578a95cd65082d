import Contracts
import Cryptography
import HTTPTypes
import Postgres

/// Keys that are made here, so that no private key and no PKCS#12 file is ever sent around.
struct SigningRequests: Sendable {
    let configurations: WalletConfigurationStore
    let store: SigningRequestStore
    let secrets: SecretBox

    /// A key whose certificate never came goes after this many seconds, when another one is made.
    static let longestWait = 90 * 86_400

    /// Makes a key and the request that Apple signs.
    func make(for id: WalletConfigurationID, at now: Instant) async throws -> Contracts.SigningRequest {
        guard let configuration = try await configurations.configuration(id) else {
            throw AdministrationError.unknown("wallet configuration")
        }
        guard let requestID = SigningRequestID(rawValue: Hex.encode(SecureRandom.bytes(16))) else {
            throw CryptographyError.noPrivateKey
        }
        // Apple takes RSA keys of 2048 bits alone for pass type certificates, and writes the subject itself.
        let key = try PrivateKey.generateRSA()
        let csr = try CertificateSigningRequest.make(
            key: key, commonName: configuration.name, organization: configuration.organizationName)
        try await store.forget(of: id, madeBefore: Instant(seconds: now.wholeSeconds - Self.longestWait))
        let request = PendingSigningRequest(
            id: requestID, walletConfiguration: id,
            sealedPrivateKey: secrets.seal(try key.pkcs8DER, context: PendingSigningRequest.context(of: requestID)),
            createdAt: now)
        do {
            guard try await store.insert(request) else {
                throw AdministrationError.conflict(
                    "\(PendingSigningRequest.maximumCount) signing requests of this configuration wait for their "
                        + "certificate already. Use one of them; each goes 90 days after it was made.")
            }
        } catch let error as PostgresError where error.sqlState == .foreignKeyViolation {
            throw AdministrationError.unknown("wallet configuration")
        }
        return Contracts.SigningRequest(id: requestID, csr: csr)
    }

    /// The key that a request was made with.
    func key(of requestID: SigningRequestID, for id: WalletConfigurationID) async throws -> PrivateKey {
        guard let request = try await store.request(requestID, of: id) else {
            throw AdministrationError.faulty([
                .wallet(
                    "signingRequest", "This configuration has no signing request \(requestID).",
                    "Make one by POST …/signing-requests, or send `certificate` with its `privateKey`.")
            ])
        }
        return try PrivateKey(
            der: secrets.open(request.sealedPrivateKey, context: PendingSigningRequest.context(of: requestID)))
    }

    /// Seals every waiting key under the first of the master keys; how many were under another one.
    func rotate() async throws -> Int {
        var rotated = 0
        var after = ""
        while true {
            let page = try await store.requests(after: after, limit: 100)
            for request in page where secrets.needsRotation(request.sealedPrivateKey) {
                let context = PendingSigningRequest.context(of: request.id)
                let sealed = secrets.seal(
                    try secrets.open(request.sealedPrivateKey, context: context), context: context)
                rotated += try await store.reseal(request, as: sealed) ? 1 : 0
            }
            guard let last = page.last else { return rotated }
            after = last.id.rawValue
        }
    }
}
