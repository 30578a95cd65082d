import Contracts
import JSON

/// What another service must learn. Secrets are never in it: they are read where they are sealed when it is sent.
enum OutboxContent: Sendable, Hashable {
    /// Phones must fetch these passes.
    case passesChanged(PassesChanged)
    /// What APNs is reached with for this pass type has changed, or is gone.
    case pushCredentials(PassTypeIdentifier)
    /// What Google is reached with under this wallet configuration has changed, or is gone.
    case googleIssuer(WalletConfigurationID)
    /// The class of this campaign must become as the campaign is.
    case googleClass(CampaignID)
    /// The objects of these passes must become as the passes are.
    case googleObjects([SerialNumber])
}

extension OutboxContent {
    var kind: OutboxKind {
        switch self {
        case .passesChanged: .passesChanged
        case .pushCredentials: .pushCredentials
        case .googleIssuer: .googleIssuer
        case .googleClass: .googleClass
        case .googleObjects: .googleObjects
        }
    }

    /// What it is about when only the newest state of that counts; a newer message then takes the older one's place.
    var subject: String? {
        switch self {
        case .passesChanged, .googleObjects: nil
        case .pushCredentials(let passType): passType.rawValue
        case .googleIssuer(let configuration): configuration.rawValue
        case .googleClass(let campaign): campaign.rawValue
        }
    }

    /// Messages about many passes in as few as may be.
    static func joined(_ contents: [OutboxContent]) -> [OutboxContent] {
        var joined: [OutboxContent] = []
        var changed: [PassTypeIdentifier: [SerialNumber]] = [:]
        var objects: [SerialNumber] = []
        for content in contents {
            switch content {
            case .passesChanged(let notice): changed[notice.passTypeIdentifier, default: []] += notice.serialNumbers
            case .googleObjects(let passes): objects += passes
            case .pushCredentials, .googleIssuer, .googleClass: joined.append(content)
            }
        }
        for (passType, serialNumbers) in changed.sorted(by: { $0.key < $1.key }) {
            joined.append(
                .passesChanged(PassesChanged(passTypeIdentifier: passType, serialNumbers: serialNumbers)))
        }
        // A message is sent within its lease: no more than google-bridge takes with one call.
        for start in stride(from: 0, to: objects.count, by: GoogleObjectUpdatesRequest.maximumCount) {
            joined.append(
                .googleObjects(Array(objects[start...].prefix(GoogleObjectUpdatesRequest.maximumCount))))
        }
        return joined
    }

    /// The message as it is stored.
    func payload() throws -> JSONValue {
        switch self {
        case .passesChanged(let notice): try JSON.encodeToValue(notice)
        case .pushCredentials(let passType): ["passTypeIdentifier": .string(passType.rawValue)]
        case .googleIssuer(let configuration): ["walletConfigurationId": .string(configuration.rawValue)]
        case .googleClass(let campaign): ["campaignId": .string(campaign.rawValue)]
        case .googleObjects(let passes): ["serialNumbers": .array(passes.map { .string($0.rawValue) })]
        }
    }

    /// Reads a message as it was stored.
    init(kind: OutboxKind, payload: JSONValue) throws {
        switch kind {
        case .passesChanged:
            self = .passesChanged(try JSON.decode(PassesChanged.self, from: payload))
        case .pushCredentials:
            self = .pushCredentials(
                try JSON.decode(PassTypeIdentifier.self, from: payload["passTypeIdentifier"] ?? .null))
        case .googleIssuer:
            self = .googleIssuer(
                try JSON.decode(WalletConfigurationID.self, from: payload["walletConfigurationId"] ?? .null))
        case .googleClass:
            self = .googleClass(try JSON.decode(CampaignID.self, from: payload["campaignId"] ?? .null))
        case .googleObjects:
            self = .googleObjects(try JSON.decode([SerialNumber].self, from: payload["serialNumbers"] ?? .null))
        }
    }
}
