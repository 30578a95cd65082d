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

    private struct Key: Hashable {
        let campaign: CampaignID
        let version: Int
        let walletRevision: Int
    }

    init(campaigns: CampaignStore, walletConfigurations: WalletConfigurationStore, maker: IssuableCampaignMaker) {
        self.campaigns = campaigns
        self.walletConfigurations = walletConfigurations
        self.maker = maker
    }

    /// A version of a campaign, by default the current one, with the keys that sign it.
    func issuable(_ standing: CampaignStanding, version: Int? = nil) async throws -> IssuableCampaign {
        let version = version ?? standing.version
        let key = Key(campaign: standing.campaign, version: version, walletRevision: standing.walletRevision)
        if let ready = cache.value(for: key) { return ready }
        async let assets = campaigns.assets(of: standing.campaign, version: version)
        async let configuration = walletConfigurations.configuration(standing.walletConfiguration)
        guard let (definition, images) = try await assets, let configuration = try await configuration else {
            throw IssuingError.unknownCampaign
        }
        let ready = try maker.issuable(
            version: version, definition: definition, images: images, configuration: configuration)
        // Another replica may have renewed the certificate between the two reads: what was read is used, not kept.
        if configuration.revision == standing.walletRevision {
            cache.insert(ready, for: key, cost: ready.memoryCost)
        }
        return ready
    }
}
