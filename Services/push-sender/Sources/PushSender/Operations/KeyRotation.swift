import Contracts
import Cryptography
import Postgres
import ServiceKit

/// `push-sender rotate-keys`: seals all credentials anew under the first of `MASTER_KEYS`, so that older keys can go.
struct KeyRotation: Sendable {
    let store: CredentialStore
    let seal: CredentialSeal

    /// The command of the executable.
    static let command = ServiceCommand<Configuration>(
        name: "rotate-keys", help: "seal all stored credentials under the first of MASTER_KEYS, while services run"
    ) { configuration, runtime in
        let rotation = KeyRotation(
            store: CredentialStore(database: runtime.database),
            seal: CredentialSeal(secrets: SecretBox(configuration.masterKeys)))
        let count = try await rotation.run()
        runtime.logger.info("Credentials are sealed under the first key.", ["rotated": "\(count)"])
    }

    /// Goes through all credentials; one topic at a time is locked, for as long as it takes to seal them.
    /// - Returns: how many were under another key.
    func run() async throws -> Int {
        var rotated = 0
        var after = ""
        while true {
            let page = try await store.credentials(after: after, limit: 100)
            for credentials in page where seal.needsRotation(credentials) {
                rotated += try await rotate(credentials.passTypeIdentifier) ? 1 : 0
            }
            guard let last = page.last else { return rotated }
            after = last.passTypeIdentifier.rawValue
        }
    }

    private func rotate(_ passType: PassTypeIdentifier) async throws -> Bool {
        try await store.database.transaction { transaction in
            let topic = try await store.lock(passType, in: transaction)
            guard let current = topic.credentials, seal.needsRotation(current) else { return false }
            let sealed = try seal.seal(try seal.open(current), of: passType)
            try await store.reseal(sealed, topic: topic.number, in: transaction)
            return true
        }
    }
}
