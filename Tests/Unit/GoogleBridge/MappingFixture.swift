import Contracts
import Foundation
import GoogleWalletSchema
import JSON
import Testing

@testable import GoogleBridge

/// A campaign, a pass of it, and the class and object that the specification makes of them
/// (`Tests/Fixtures/google/<kind>.json`, written by hand).
struct MappingFixture {
    let campaign: GoogleClassRequest
    var pass: GoogleObjectRequest
    let serialNumber: SerialNumber
    var context: GoogleMappingContext
    /// What the class must be; the variant for the pass where the kind has variants.
    let expectedClass: JSONObject
    let expectedObject: JSONObject
    /// The places that warnings are about.
    let warnings: Set<String>
    /// Whether the class differs between passes.
    let hasVariants: Bool

    init(_ kind: GoogleKind) throws {
        let file = DemoAuthority.repository.appending(path: "Tests/Fixtures/google/\(kind.rawValue).json")
        let json = try JSON.parse(Array(Data(contentsOf: file)))
        campaign = try JSON.decode(GoogleClassRequest.self, from: try #require(json["campaign"]), unknownKeys: .refused)
        let campaignID = try #require(json["campaignId"]?.stringValue.flatMap(CampaignID.init(rawValue:)))
        serialNumber = try #require(json["serialNumber"]?.stringValue.flatMap(SerialNumber.init(rawValue:)))
        expectedClass = try #require(json["class"]?.objectValue)
        expectedObject = try #require(json["object"]?.objectValue)
        warnings = Set((json["warnings"]?.arrayValue ?? []).compactMap(\.stringValue))
        hasVariants = json["variantValues"] != nil
        let values = try #require(json["values"]?.objectValue)
        pass = try Self.pass(of: campaign, campaignID, values)
        context = GoogleMappingContext(
            issuerID: try #require(GoogleIssuerID(rawValue: "3388000000012345678")), campaignID: campaignID,
            assetBaseURL: "https://passes.example/", callbackURL: "https://callbacks.example/callbacks/google",
            kind: kind.passKind, tokenPointers: campaign.tokenPointers)
    }

    /// The campaign's content with the values of one pass.
    static func pass(
        of campaign: GoogleClassRequest, _ campaignID: CampaignID, _ values: JSONObject
    ) throws -> GoogleObjectRequest {
        var content: JSONValue = ["pass": .object(campaign.pass)]
        for (place, value) in values {
            let tokens = try #require(JSONPointer(place)).tokens
            content = try #require(setting(value, tokens[...], content), "\(place)")
        }
        return GoogleObjectRequest(
            campaignId: campaignID, walletConfigurationId: campaign.walletConfigurationId,
            campaignVersion: campaign.version, version: 1, organizationName: campaign.organizationName,
            pass: try #require(content["pass"]?.objectValue), localizations: campaign.localizations,
            images: campaign.images, google: campaign.google)
    }

    /// A value with another one in a place that it has.
    static func setting(_ new: JSONValue, _ path: ArraySlice<String>, _ value: JSONValue) -> JSONValue? {
        guard let key = path.first else { return new }
        switch value {
        case .object(var object):
            guard let member = object[key], let changed = setting(new, path.dropFirst(), member) else { return nil }
            object[key] = changed
            return .object(object)
        case .array(var elements):
            guard let index = Int(key), elements.indices.contains(index),
                let changed = setting(new, path.dropFirst(), elements[index])
            else { return nil }
            elements[index] = changed
            return .array(elements)
        default:
            return nil
        }
    }
}

/// Expects two resources to be the same, and shows where they are not.
func expectSame(
    _ actual: JSONObject, _ expected: JSONObject, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let keys = Set(actual.keys + expected.keys).sorted()
    for key in keys where actual[key] != expected[key] {
        let description =
            "\(what) \(key): \(actual[key]?.description ?? "–")\nexpected \(expected[key]?.description ?? "–")"
        Issue.record(Comment(rawValue: description), sourceLocation: sourceLocation)
    }
}
