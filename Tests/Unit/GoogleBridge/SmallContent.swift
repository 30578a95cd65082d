import Contracts
import JSON
import Testing

@testable import GoogleBridge

/// A small content, as the campaign has it and as a pass has it.
struct SmallContent {
    let campaign: GoogleClassRequest
    let pass: GoogleObjectRequest
    var context: GoogleMappingContext

    init(
        _ pass: String, merged patch: String? = nil, google: String? = nil, tokens: [String] = [],
        organization: String? = nil, isVoided: Bool = false, localizations: [String: [String: String]] = [:],
        images: [GoogleImage] = []
    ) throws {
        var content = try JSON.parse(pass)
        if content["description"] == nil { content = content.mergePatched(with: ["description": "Pass"]) }
        if let patch { content = content.mergePatched(with: try JSON.parse(patch)) }
        let members = try #require(content.objectValue)
        let overrides = try google.map { try JSON.decode(GoogleOverrides.self, from: JSON.parse($0)) }
        let configuration = try #require(WalletConfigurationID(rawValue: "acme"))
        let campaignID = try #require(CampaignID(rawValue: "campaign"))
        campaign = GoogleClassRequest(
            walletConfigurationId: configuration, version: 1, name: "Campaign", organizationName: organization,
            pass: members, localizations: localizations, tokenPointers: tokens, images: images, google: overrides)
        self.pass = GoogleObjectRequest(
            campaignId: campaignID, walletConfigurationId: configuration, campaignVersion: 1, version: 1,
            organizationName: organization, pass: members, localizations: localizations, images: images,
            google: overrides, voided: isVoided)
        context = GoogleMappingContext(
            issuerID: try #require(GoogleIssuerID(rawValue: "3388")), campaignID: campaignID,
            assetBaseURL: "https://passes.example", campaignName: "Campaign", tokenPointers: tokens)
    }

    func mappedClass(ofPass: Bool = false, allowsLocations: Bool = true) throws -> GoogleMappedClass {
        var context = context
        context.allowsMerchantLocations = allowsLocations
        return ofPass
            ? GoogleMapping.classResource(of: pass, in: context)
            : GoogleMapping.classResource(of: campaign, in: context)
    }

    func mappedObject(now: Int? = nil) throws -> GoogleMappedObject {
        var context = context
        context.now = now
        context.kind = try mappedClass().kind.passKind
        let serialNumber = try #require(SerialNumber(rawValue: "pass"))
        return GoogleMapping.objectResource(of: pass, serialNumber: serialNumber, in: context)
    }
}

extension MappingFixture {
    /// Adds semantic tags to the pass.
    mutating func addSemantics(_ tags: JSONObject) {
        pass.pass["semantics"] = .object(tags)
    }
}
