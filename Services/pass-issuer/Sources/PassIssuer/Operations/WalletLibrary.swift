import Contracts
import Cryptography
import ServiceKit

/// Wallet configurations whose private keys are open, kept in memory: to open one takes longer than all the rest that
/// makes a campaign ready.
///
/// A revision never changes and never comes twice: what is kept is never stale.
struct WalletLibrary: Sendable {
    let store: WalletConfigurationStore
    let secrets: SecretBox

    private let cache = BoundedCache<Int, OpenWalletConfiguration>(maximumCost: 1_000)
    private let loads = SingleFlight<Int, OpenWalletConfiguration>()

    init(store: WalletConfigurationStore, secrets: SecretBox) {
        self.store = store
        self.secrets = secrets
    }

    /// A revision of a wallet configuration.
    /// - Throws: ``IssuingError/versionGone`` when it was replaced; ``CryptographyError`` when its key can't be opened.
    func opened(_ id: WalletConfigurationID, revision: Int) async throws -> OpenWalletConfiguration {
        if let ready = cache.value(for: revision) { return ready }
        return try await loads.value(for: revision) {
            guard let configuration = try await store.configuration(id), configuration.revision == revision else {
                throw IssuingError.versionGone
            }
            return try open(configuration)
        }
    }

    /// A wallet configuration as it was just read.
    /// - Throws: ``CryptographyError`` when its key can't be opened.
    func opened(_ configuration: WalletConfiguration) throws -> OpenWalletConfiguration {
        try cache.value(for: configuration.revision) ?? open(configuration)
    }

    private func open(_ configuration: WalletConfiguration) throws -> OpenWalletConfiguration {
        let ready = try OpenWalletConfiguration(configuration, secrets: secrets)
        cache.insert(ready, for: configuration.revision, cost: 1)
        return ready
    }
}
