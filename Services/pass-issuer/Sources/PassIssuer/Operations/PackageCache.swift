import Contracts
import ServiceKit

/// Signed packages of stored passes, bounded in bytes: one asked for twice is signed once.
struct PackageCache: Sendable {
    private struct Key: Hashable {
        let serialNumber: SerialNumber
        let version: Int
        let walletRevision: Int
    }

    private let packages: BoundedCache<Key, SignedPass>

    init(maximumBytes: Int, metrics: Metrics = Metrics()) {
        packages = BoundedCache(
            maximumCost: maximumBytes,
            requests: metrics.counter(
                "wallet_package_cache_requests_total",
                help: "Packages of stored passes that were asked for, by whether one was kept (hit, miss).",
                labels: ["result"]))
    }

    /// The package of a stored pass under a revision of its wallet configuration.
    func package(of pass: Pass, walletRevision: Int) -> SignedPass? {
        packages.value(
            for: Key(serialNumber: pass.serialNumber, version: pass.version, walletRevision: walletRevision))
    }

    /// Keeps a package. Only of a pass that is stored: a writer who lost made another content of the same version.
    func insert(_ signed: SignedPass, walletRevision: Int) {
        let key = Key(
            serialNumber: signed.pass.serialNumber, version: signed.pass.version, walletRevision: walletRevision)
        packages.insert(signed, for: key, cost: signed.package.count + 512)
    }
}
