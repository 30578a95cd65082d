import Contracts
import Cryptography

/// Brings push-sender in line with what the wallet configurations hold for a pass type now.
struct PushCredentialsDelivery: Sendable {
    let walletConfigurations: WalletConfigurationStore
    let secrets: SecretBox
    let pushSender: PushSenderClient

    /// Sends the credentials, or takes them away when no configuration has the pass type any more.
    func bring(_ passType: PassTypeIdentifier, revision: Int) async throws {
        guard let configuration = try await walletConfigurations.configuration(of: passType),
            let apple = configuration.apple
        else { return try await pushSender.deleteCredentials(of: passType, revision: revision) }
        try await pushSender.putCredentials(
            try credentials(apple, of: configuration.id), of: passType, revision: revision)
    }

    private func credentials(
        _ apple: AppleIdentity, of id: WalletConfigurationID
    ) throws(CryptographyError) -> PushCredentials {
        if let pushKey = apple.pushKey {
            return .tokenKey(
                PushKey(
                    keyId: pushKey.keyID, teamId: pushKey.teamID,
                    privateKey: try pem(pushKey.sealedKey, .pushKey, of: id)))
        }
        var intermediates = ""
        for der in apple.intermediates { intermediates += try Certificate(der: der).pem }
        return .certificate(
            CertificateCredentials(
                certificate: try Certificate(der: apple.certificate).pem,
                privateKey: try pem(apple.sealedPrivateKey, .privateKey, of: id),
                intermediate: intermediates))
    }

    private func pem(
        _ sealed: [UInt8], _ secret: SealedSecret, of id: WalletConfigurationID
    ) throws(CryptographyError) -> Confidential<String> {
        let key = try PrivateKey(der: try secrets.open(sealed, context: secret.context(of: id)))
        return Confidential(try key.pkcs8PEM)
    }
}
