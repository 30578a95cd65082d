import Cryptography

/// A wallet configuration with what signs its packages, ready in memory.
struct OpenWalletConfiguration: Sendable {
    let configuration: WalletConfiguration
    /// Signs with the pass certificate; nil when there is none.
    let signer: CMSSigner?

    /// Opens the private key.
    /// - Throws: ``CryptographyError`` when the stored key can't be opened, or is not the certificate's.
    init(_ configuration: WalletConfiguration, secrets: SecretBox) throws(CryptographyError) {
        self.configuration = configuration
        guard let apple = configuration.apple else {
            signer = nil
            return
        }
        let key = try PrivateKey(
            der: secrets.open(
                apple.sealedPrivateKey, context: SealedSecret.privateKey.context(of: configuration.id)))
        var intermediates: [Certificate] = []
        for der in apple.intermediates { intermediates.append(try Certificate(der: der)) }
        signer = try CMSSigner(
            certificate: Certificate(der: apple.certificate), key: key, intermediates: intermediates)
    }
}
