import Cryptography
import ServiceKit

/// `google-bridge rotate-keys`: seals every service account anew under the first of `MASTER_KEYS`, so that older keys
/// can go.
struct KeyRotation: Sendable {
    let store: IssuerStore
    let secrets: SecretBox

    /// The command of the executable.
    static let command = ServiceCommand<Configuration>(
        name: "rotate-keys", help: "seal every service account under the first of MASTER_KEYS, while services run"
    ) { configuration, runtime in
        let rotation = KeyRotation(
            store: IssuerStore(database: runtime.database), secrets: SecretBox(configuration.masterKeys))
        let count = try await rotation.run()
        runtime.logger.info("Secrets are sealed under the first key.", ["rotated": "\(count)"])
    }

    /// Goes through all accounts.
    /// - Returns: how many were under another key.
    func run() async throws -> Int {
        var rotated = 0
        var after = ""
        while true {
            let page = try await store.accounts(after: after, limit: 100)
            for account in page where secrets.needsRotation(account.sealedServiceAccount) {
                let context = IssuerAccount.context(of: account.walletConfiguration)
                let sealed = secrets.seal(
                    try secrets.open(account.sealedServiceAccount, context: context), context: context)
                // Replaced meanwhile, it was sealed by a service that runs, under its own first key.
                rotated += try await store.reseal(account, as: sealed) ? 1 : 0
            }
            guard let last = page.last else { return rotated }
            after = last.walletConfiguration.rawValue
        }
    }
}
