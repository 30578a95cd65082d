import Contracts
import FoundationEssentials
import GoogleBridge
import JSON

/// A pass of one of the fixtures, which is mapped again and again.
struct Subject {
    private let request: GoogleObjectRequest
    private let serialNumber: SerialNumber
    private let context: GoogleMappingContext

    /// Reads a fixture.
    init(file: String, _ kind: GooglePassKind) throws {
        let fixture = try JSON.parse(Array(try Data(contentsOf: URL(filePath: file))))
        guard let campaign = fixture["campaign"], let issuerID = GoogleIssuerID(rawValue: "3388000000012345678"),
            let campaignID = CampaignID(rawValue: "campaign"), let serialNumber = SerialNumber(rawValue: "pass")
        else { throw NoFixture() }
        let content = try JSON.decode(GoogleClassRequest.self, from: campaign)
        var pass = JSONValue.object(["pass": .object(content.pass)])
        for (place, value) in fixture["values"]?.objectValue ?? [:] {
            pass = Self.setting(value, (JSONPointer(place) ?? .root).tokens[...], pass)
        }
        request = GoogleObjectRequest(
            campaignId: campaignID, walletConfigurationId: content.walletConfigurationId, campaignVersion: 1,
            version: 1, pass: pass["pass"]?.objectValue ?? [:], localizations: content.localizations,
            images: content.images)
        self.serialNumber = serialNumber
        context = GoogleMappingContext(
            issuerID: issuerID, campaignID: campaignID, assetBaseURL: "https://passes.example", kind: kind,
            tokenPointers: content.tokenPointers)
    }

    /// What one of so many passes costs.
    func nanoseconds(passes: Int) -> Int {
        let clock = ContinuousClock()
        var bytes = 0
        let time = clock.measure {
            for _ in 0..<passes {
                let object = GoogleMapping.objectResource(of: request, serialNumber: serialNumber, in: context)
                bytes += object.resource.count
            }
        }
        precondition(bytes > 0)
        let (seconds, attoseconds) = time.components
        return Int((seconds * 1_000_000_000 + attoseconds / 1_000_000_000) / Int64(passes))
    }

    private static func setting(_ new: JSONValue, _ path: ArraySlice<String>, _ value: JSONValue) -> JSONValue {
        guard let key = path.first else { return new }
        switch value {
        case .object(var object):
            object[key] = setting(new, path.dropFirst(), object[key] ?? .null)
            return .object(object)
        case .array(var elements):
            guard let index = Int(key), elements.indices.contains(index) else { return value }
            elements[index] = setting(new, path.dropFirst(), elements[index])
            return .array(elements)
        default:
            return value
        }
    }

    private struct NoFixture: Error {}
}
