import Bytes
import Foundation
import JSON
import Testing

@testable import PassIssuer

@Suite struct PackageCacheTests {
    private static let picture = [UInt8](repeating: 7, count: 100_000)
    /// Room for some passes without their pictures, and for none with them.
    private let cache = PackageCache(maximumBytes: 50_000)

    private func campaign(
        _ version: Int = 1, picture: [UInt8] = Self.picture, walletRevision: Int = 1
    ) throws -> IssuableCampaign {
        try CampaignVersions.version(
            version, CampaignVersions.card(), images: [("icon.png", picture)], walletRevision: walletRevision,
            cache: cache)
    }

    private func files(_ signed: SignedPass) throws -> JSONValue? {
        try PackageFixture.unzip(signed.package.whole.bytes)["files"]
    }

    @Test("a package asked for again is the same bytes a day later, and what all share counts nothing")
    func again() throws {
        let campaign = try campaign()
        let pass = try CampaignVersions.pass()
        let first = try campaign.package(of: pass, at: CampaignVersions.made)
        let second = try campaign.package(of: pass, at: CampaignVersions.made.adding(seconds: 86_400))
        #expect(first.package.whole.count > 100_000)
        #expect(first.package.whole.bytes == second.package.whole.bytes)
        #expect(first.package.beginning === second.package.beginning)
        _ = try files(second)
    }

    @Test("another version of the pass, of its campaign or of its wallet configuration is made anew")
    func anew() throws {
        let pass = try CampaignVersions.pass()
        let old = try campaign().package(of: pass, at: CampaignVersions.made)
        var changed = pass
        changed.version += 1
        changed.voucher = ["points": 2]
        let later = try campaign().package(of: changed, at: CampaignVersions.made)
        #expect(try files(later)?["pass.json"] != files(old)?["pass.json"])
        let renewed = try campaign(walletRevision: 2).package(of: pass, at: CampaignVersions.made.adding(seconds: 1))
        #expect(try files(renewed)?["signature"] != files(old)?["signature"])
        let next = try campaign(2, picture: [1, 2, 3]).package(of: pass, at: CampaignVersions.made)
        #expect(try files(next)?["icon.png"]?.stringValue == Data([1, 2, 3]).base64EncodedString())
        #expect(try files(old)?["icon.png"]?.stringValue == Data(Self.picture).base64EncodedString())
    }
}
