import Contracts
import Cryptography
import HTTPTypes
import ServiceKit

/// Campaign versions that are ready to make passes, kept in memory.
///
/// A version never changes, and the key holds the revision of the wallet configuration: what is kept is never stale,
/// and replicas need not tell each other anything.
struct CampaignLibrary: Sendable {
    let campaigns: CampaignStore
    let walletConfigurations: WalletConfigurationStore
    let maker: IssuableCampaignMaker

    private let cache = BoundedCache<Key, IssuableCampaign>(maximumCost: 128 << 20)
    private let loads = SingleFlight<Key, IssuableCampaign>()

    private struct Key: Hashable {
        let campaign: CampaignID
        let createdAt: Instant
        let version: Int
        let walletConfiguration: WalletConfigurationID
        let walletRevision: Int
    }

    init(campaigns: CampaignStore, walletConfigurations: WalletConfigurationStore, maker: IssuableCampaignMaker) {
        self.campaigns = campaigns
        self.walletConfigurations = walletConfigurations
        self.maker = maker
    }

    /// A version of a campaign, by default the current one, with the keys that sign it.
    /// - Throws: ``IssuingError/versionGone`` when it was replaced since its standing was read.
    func issuable(_ standing: CampaignStanding, version: Int? = nil) async throws -> IssuableCampaign {
        let key = Key(
            campaign: standing.campaign, createdAt: standing.createdAt, version: version ?? standing.version,
            walletConfiguration: standing.walletConfiguration, walletRevision: standing.walletRevision)
        if let ready = cache.value(for: key) { return ready }
        // After a change everybody asks for the same version at once: one loads it, the others wait.
        return try await loads.value(for: key) { try await load(key) }
    }

    private func load(_ key: Key) async throws -> IssuableCampaign {
        async let version = campaigns.version(key.version, of: key.campaign)
        async let configuration = walletConfigurations.configuration(key.walletConfiguration)
        guard let version = try await version, let configuration = try await configuration,
            configuration.revision == key.walletRevision
        else { throw IssuingError.versionGone }
        let ready = try maker.issuable(version, under: configuration)
        cache.insert(ready, for: key, cost: ready.memoryCost)
        return ready
    }
}
