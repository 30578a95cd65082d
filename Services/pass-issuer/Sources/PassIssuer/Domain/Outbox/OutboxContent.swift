import Contracts
import JSON

/// What another service must learn. Secrets are never in it: they are read where they are sealed when it is sent.
enum OutboxContent: Sendable, Hashable {
    /// Phones must fetch these passes.
    case passesChanged(PassesChanged)
    /// What APNs is reached with for this pass type has changed, or is gone.
    case pushCredentials(PassTypeIdentifier)
}

extension OutboxContent {
    var kind: OutboxKind {
        switch self {
        case .passesChanged: .passesChanged
        case .pushCredentials: .pushCredentials
        }
    }

    /// What it is about when only the newest state of that counts; a newer message then takes the older one's place.
    var subject: String? {
        switch self {
        case .passesChanged: nil
        case .pushCredentials(let passType): passType.rawValue
        }
    }

    /// The message as it is stored.
    func payload() throws -> JSONValue {
        switch self {
        case .passesChanged(let notice): try JSON.encodeToValue(notice)
        case .pushCredentials(let passType): ["passTypeIdentifier": .string(passType.rawValue)]
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
        }
    }
}
