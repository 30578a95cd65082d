import Contracts
import Cryptography
import Postgres
import ServiceKit

/// `pass-issuer rotate-keys`: seals every secret anew under the first of `MASTER_KEYS`, so that older keys can go.
struct KeyRotation: Sendable {
    let store: WalletConfigurationStore
    let signingRequests: SigningRequests
    let secrets: SecretBox
    let logger: Logger

    /// The command of the executable.
    static let command = ServiceCommand<PassIssuerConfiguration>(
        name: "rotate-keys", help: "seal every stored secret under the first of MASTER_KEYS, while services run"
    ) { configuration, runtime in
        let store = WalletConfigurationStore(database: runtime.database)
        let secrets = SecretBox(configuration.masterKeys)
        let rotation = KeyRotation(
            store: store,
            signingRequests: SigningRequests(
                configurations: store, store: SigningRequestStore(database: runtime.database), secrets: secrets),
            secrets: secrets, logger: runtime.logger)
        let count = try await rotation.run()
        runtime.logger.info("Secrets are sealed under the first key.", ["rotated": "\(count)"])
    }

    /// Goes through all configurations, waiting keys, webhooks and erasures; one at a time is locked, for as long as it takes to seal
    /// it.
    /// - Returns: how many had secrets under another key.
    func run() async throws -> Int {
        var rotated = try await signingRequests.rotate()
        rotated += try await WebhookKeyRotation(
            store: WebhookStore(database: store.database), secrets: secrets
        ).run()
        rotated += try await ErasureKeyRotation(
            store: ErasureStore(database: store.database), secrets: secrets
        ).run()
        var after = ""
        while true {
            let page = try await store.configurations(after: after, limit: 100)
            for configuration in page where needsRotation(configuration) {
                rotated += try await rotate(configuration.id) ? 1 : 0
            }
            guard let last = page.last else { return rotated }
            after = last.id.rawValue
        }
    }

    private func rotate(_ id: WalletConfigurationID) async throws -> Bool {
        try await store.database.transaction { transaction in
            guard var configuration = try await store.configuration(id, lockedIn: transaction),
                needsRotation(configuration)
            else { return false }
            configuration.apple = try configuration.apple.map { try sealed($0, of: id) }
            configuration.google = try configuration.google.map { google in
                GoogleIdentity(
                    issuerID: google.issuerID, clientEmail: google.clientEmail,
                    sealedServiceAccount: try sealed(google.sealedServiceAccount, .serviceAccount, of: id))
            }
            try await store.save(configuration, in: transaction)
            return true
        }
    }

    private func sealed(_ apple: AppleIdentity, of id: WalletConfigurationID) throws -> AppleIdentity {
        AppleIdentity(
            passTypeIdentifier: apple.passTypeIdentifier, teamIdentifier: apple.teamIdentifier,
            certificate: apple.certificate, intermediates: apple.intermediates,
            sealedPrivateKey: try sealed(apple.sealedPrivateKey, .privateKey, of: id),
            pushKey: try apple.pushKey.map {
                SealedPushKey(keyID: $0.keyID, teamID: $0.teamID, sealedKey: try sealed($0.sealedKey, .pushKey, of: id))
            })
    }

    private func sealed(_ old: [UInt8], _ secret: SealedSecret, of id: WalletConfigurationID) throws -> [UInt8] {
        let context = secret.context(of: id)
        return secrets.seal(try secrets.open(old, context: context), context: context)
    }

    private func needsRotation(_ configuration: WalletConfiguration) -> Bool {
        let sealed = [
            configuration.apple?.sealedPrivateKey, configuration.apple?.pushKey?.sealedKey,
            configuration.google?.sealedServiceAccount,
        ]
        return sealed.contains { $0.map(secrets.needsRotation) ?? false }
    }
}
