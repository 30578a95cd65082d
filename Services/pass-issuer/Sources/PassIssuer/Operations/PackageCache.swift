import Bytes
import Contracts
import ServiceKit

/// What is their own of signed packages of stored passes, bounded in bytes: one asked for twice is signed once.
struct PackageCache: Sendable {
    private struct Key: Hashable {
        let serialNumber: SerialNumber
        let version: Int
        let campaignVersion: Int
        let walletRevision: Int

        init(_ pass: Pass, by campaign: IssuableCampaign) {
            serialNumber = pass.serialNumber
            version = pass.version
            campaignVersion = campaign.version
            walletRevision = campaign.walletRevision
        }
    }

    private let packages: BoundedCache<Key, SharedBytes>

    init(maximumBytes: Int, metrics: Metrics = Metrics()) {
        packages = BoundedCache(
            maximumCost: maximumBytes,
            requests: metrics.counter(
                "wallet_package_cache_requests_total",
                help: "Packages of stored passes that were asked for, by whether one was kept (hit, miss).",
                labels: ["result"]))
    }

    /// What follows the beginning of a stored pass's package, as a campaign version makes it.
    func part(of pass: Pass, by campaign: IssuableCampaign) -> SharedBytes? {
        packages.value(for: Key(pass, by: campaign))
    }

    /// Keeps a package. Only of a pass that is stored: a writer who lost made another content of the same version.
    func insert(_ signed: SignedPass, by campaign: IssuableCampaign) {
        packages.insert(signed.package.own, for: Key(signed.pass, by: campaign), cost: signed.package.own.count + 512)
    }
}
