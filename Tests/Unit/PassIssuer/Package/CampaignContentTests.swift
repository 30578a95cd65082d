import Contracts
import Foundation
import JSON
import Testing

@testable import PassIssuer

@Suite struct CampaignContentTests {
    private func campaign(_ body: String) throws -> CampaignDefinition {
        let json = try JSON.parse(body).mergePatched(with: ["name": "Test", "walletConfigurationId": "acme"])
        return CampaignDefinition(try JSON.decode(CampaignRequest.self, from: json))
    }

    private func pointers(_ body: () throws -> Void) throws -> [String] {
        do {
            try body()
            return []
        } catch let error as TemplateFaults {
            return error.faults.map(\.pointer.description).sorted()
        }
    }

    @Test("refuses a campaign with every fault of content, templates, translations and defaults at once")
    func allFaults() throws {
        let campaign = try campaign(
            #"""
            {"pass":{"coupon":{"backFields":[{"key":"a","value":"{{contact}}"}]},"backgroundColor":"red","serialNumber":"1"},
             "localizations":{"de":{"x":"{{y.z}}"},"fr":{"x":1}},"tokens":{"defaults":{"z":1}},
             "personalization":{"requiredFields":["name"],"description":"x"}}
            """#)
        let found = try pointers { _ = try CampaignContent(campaign, hasOrganizationName: false) }
        #expect(
            found == [
                "/localizations/de/x", "/localizations/fr/x", "/pass/backgroundColor",
                "/pass/coupon/backFields/0/value", "/pass/description", "/pass/organizationName", "/pass/serialNumber",
                "/personalization", "/tokens/defaults/z",
            ])
    }

    @Test("checks the real values of each pass")
    func realValues() throws {
        let content = try CampaignContent(
            campaign(
                #"""
                {"pass":{"description":"x","expirationDate":"{{voucher.until}}",
                         "coupon":{"backFields":[{"key":"a","value":"{{voucher.price}}","currencyCode":"EUR"}]}},
                 "localizations":{"de":{"x":"{{contact.x}}"}}}
                """#), hasOrganizationName: true)
        func faults(_ voucher: JSONObject, _ contact: JSONObject = ["x": "y"]) throws -> [String] {
            try pointers { _ = try content.content(for: TokenValues(contact: contact, voucher: voucher)) }
        }
        #expect(try faults(["until": "2027-01-01T00:00Z", "price": 10.5]) == [])
        #expect(
            try faults(["until": "2027-01-01", "price": "10.5"])
                == ["/pass/coupon/backFields/0/value", "/pass/expirationDate"])
        #expect(
            try faults(["price": 1], ["x": ["y"]]) == ["/localizations/de/x", "/pass/expirationDate"])
        #expect(try faults(["until": true, "price": 1]) == ["/pass/expirationDate"])
    }

    private static let demo = DemoAuthority.repository.appendingPathComponent("Simulators/Demo")

    @Test("the demo campaign and its images are right: no error and no warning")
    func demo() throws {
        let bytes = Array(try Data(contentsOf: Self.demo.appendingPathComponent("campaign.json")))
        let request = try JSON.decode(CampaignRequest.self, from: bytes, unknownKeys: .refused)
        let campaign = CampaignDefinition(request)
        #expect(CampaignContent.faults(of: campaign, hasOrganizationName: false).isEmpty)
        let content = try CampaignContent(campaign, hasOrganizationName: false)
        _ = try content.content(for: TokenValues(contact: ["id": "c-1"]))
        var images: [ImageFile: PNGImage] = [:]
        let folder = Self.demo.appendingPathComponent("images")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let file = try #require(ImageFile(rawValue: name))
            let picture = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
            images[file] = try ImageCheck.image(picture, as: file)
        }
        #expect(images.count == 9)
        #expect(ImageCheck.warnings(about: images, of: campaign.pass).isEmpty)
    }
}
