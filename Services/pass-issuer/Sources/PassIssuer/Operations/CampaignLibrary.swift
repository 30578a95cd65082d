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
    let wallets: WalletLibrary
    let maker: IssuableCampaignMaker

    private let cache: BoundedCache<Key, IssuableCampaign>
    private let loads = SingleFlight<Key, IssuableCampaign>()

    private struct Key: Hashable {
        let campaign: CampaignID
        let createdAt: Instant
        let version: Int
        let walletConfiguration: WalletConfigurationID
        let walletRevision: Int
    }

    /// - Parameter maximumBytes: about how much memory is used.
    init(
        campaigns: CampaignStore, wallets: WalletLibrary, maker: IssuableCampaignMaker, maximumBytes: Int,
        metrics: Metrics
    ) {
        self.campaigns = campaigns
        self.wallets = wallets
        self.maker = maker
        cache = BoundedCache(
            maximumCost: maximumBytes,
            requests: metrics.counter(
                "wallet_campaign_cache_requests_total",
                help: "Campaign versions that were asked for, by whether one was kept ready (hit, miss).",
                labels: ["result"]))
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
        let wallet = try await wallets.opened(key.walletConfiguration, revision: key.walletRevision)
        guard let version = try await version else { throw IssuingError.versionGone }
        let ready = try maker.issuable(version, under: wallet)
        cache.insert(ready, for: key, cost: ready.memoryCost)
        return ready
    }
}
