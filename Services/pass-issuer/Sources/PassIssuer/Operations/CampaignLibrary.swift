import Contracts
import Cryptography
import HTTPTypes

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
        async let assets = campaigns.assets(of: key.campaign, version: key.version)
        async let configuration = walletConfigurations.configuration(key.walletConfiguration)
        guard let (definition, images) = try await assets, let configuration = try await configuration,
            configuration.revision == key.walletRevision
        else { throw IssuingError.versionGone }
        let ready = try maker.issuable(
            version: key.version, definition: definition, images: images, configuration: configuration)
        cache.insert(ready, for: key, cost: ready.memoryCost)
        return ready
    }
}
