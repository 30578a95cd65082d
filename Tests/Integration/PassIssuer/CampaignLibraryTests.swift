import Contracts
import Cryptography
import ServiceKit
import Testing

@testable import PassIssuer

@Suite struct CampaignLibraryTests {
    private let spring: CampaignID

    init() throws {
        spring = try #require(CampaignID(rawValue: "spring"))
    }

    /// A library that keeps so many bytes.
    private func library(_ issuer: IssuerUnderTest, keeping maximumBytes: Int, _ metrics: Metrics) throws
        -> CampaignLibrary
    {
        let keys = try KeyRing(parsing: IssuerUnderTest.keys)
        return CampaignLibrary(
            campaigns: CampaignStore(database: issuer.pool),
            wallets: WalletLibrary(store: WalletConfigurationStore(database: issuer.pool), secrets: SecretBox(keys)),
            maker: IssuableCampaignMaker(
                tokenKeys: HMACKeyRing(keys), webServiceURL: "https://registry.example",
                cache: PackageCache(maximumBytes: 0), signingInstruments: SigningInstruments(metrics)),
            maximumBytes: maximumBytes, metrics: metrics)
    }

    @Test(
        "a version is read once when there is memory for it, and each time when there is none",
        arguments: [(1 << 20, hits: 2, misses: 1), (0, hits: 0, misses: 3)])
    func memory(maximumBytes: Int, hits: Int, misses: Int) async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, version in
            let metrics = Metrics()
            let library = try library(issuer, keeping: maximumBytes, metrics)
            let standing = try #require(try await library.campaigns.standing(of: spring))
            for _ in 0..<3 {
                let made = try await library.issuable(standing)
                #expect(made.version == version)
            }
            let text = metrics.text()
            #expect(text.contains("wallet_campaign_cache_requests_total{result=\"hit\"} \(hits)\n"))
            #expect(text.contains("wallet_campaign_cache_requests_total{result=\"miss\"} \(misses)\n"))
        }
    }

    @Test("each picture of a version comes under the file that it was put as")
    func pictures() async throws {
        try await IssuerUnderTest.runWithCampaign { issuer, _ in
            var put: [ImageFile: [UInt8]] = [:]
            for (index, name) in ["icon.png", "icon@2x.png", "logo.png", "logo@2x.png"].enumerated() {
                let bytes = try Picture.png(width: 38, height: 38, grey: 40 * index)
                #expect([200, 201].contains(try await issuer.putImage(name, bytes).status))
                put[try #require(ImageFile(rawValue: name))] = bytes
            }
            let campaigns = CampaignStore(database: issuer.pool)
            let standing = try #require(try await campaigns.standing(of: spring))
            let version = try #require(try await campaigns.version(standing.version, of: spring))
            #expect(version.pictures == put)
            #expect(Set(version.images.keys) == Set(put.keys))
        }
    }
}
