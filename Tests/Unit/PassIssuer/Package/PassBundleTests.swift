import Archive
import Bytes
import Contracts
import Testing

@testable import PassIssuer

@Suite struct PassBundleTests {
    @Test("holds whole packages, stored, under names of their own")
    func stored() throws {
        let campaign = try #require(CampaignID(rawValue: "spring"))
        var bundle = PassBundle()
        for number in 0..<3 {
            try bundle.add(SharedBytes([UInt8](repeating: UInt8(number), count: 100)), of: campaign)
        }
        let archive = bundle.archive().bytes
        let reader = try ZIPReader(archive)
        #expect(reader.files.map(\.path) == ["1-spring.pkpass", "2-spring.pkpass", "3-spring.pkpass"])
        for (number, file) in reader.files.enumerated() {
            #expect(try reader.bytes(of: file) == [UInt8](repeating: UInt8(number), count: 100))
        }
        #expect(archive.count > 300)
    }

    @Test("refuses to grow beyond its limit, with the reason, and keeps what it has")
    func limit() throws {
        let campaign = try #require(CampaignID(rawValue: "spring"))
        var bundle = PassBundle(limit: 1_000)
        try bundle.add(SharedBytes([UInt8](repeating: 1, count: 500)), of: campaign)
        let fault = #expect(throws: PackageFault.self) {
            try bundle.add(SharedBytes([UInt8](repeating: 2, count: 500)), of: campaign)
        }
        #expect(fault?.description.contains("Apple Wallet takes 1000. Put fewer passes into one link") == true)
        #expect(bundle.archive().count < 700)
    }

    @Test("Apple's limits are ten passes and 150 megabytes")
    func limits() {
        #expect(PassBundle.maximumPasses == 10 && PassBundle.maximumBytes == 150_000_000)
    }
}
