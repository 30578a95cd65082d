import Cryptography
import GoogleWalletSchema
import HTTPTypes
import JSON

/// What a journal remembers of the runs before.
struct JournalContents: Sendable {
    var root: PrivateKey?
    private var issuers: [String: Issuer] = [:]
    private var keys: [String: [String: PublicKey]] = [:]
    private var resources: [String: Resource] = [:]
    /// Classes before their objects, each in the order in which it was made.
    private var order: [String] = []

    /// Takes the next line; what cannot be read is an error, but for the last line that a crash cut off.
    mutating func add(_ line: JSONValue) throws {
        switch line["what"]?.stringValue {
        case "root":
            root = try PrivateKey(pem: line["key"]?.stringValue ?? "")
        case "issuer":
            let issuer = try JSON.decode(Issuer.self, from: line["issuer"] ?? .null)
            issuers[issuer.issuerId] = issuer
        case "key":
            let email = line["clientEmail"]?.stringValue ?? ""
            keys[email, default: [:]][line["id"]?.stringValue ?? ""] = try PublicKey(
                pem: line["key"]?.stringValue ?? "")
        case "removedKey":
            let email = line["clientEmail"]?.stringValue ?? ""
            if let id = line["id"]?.stringValue { keys[email]?[id] = nil } else { keys[email] = nil }
        case "resource":
            let resource = try Resource(line)
            let name = "\(resource.type.level) \(resource.id)"
            if resources.updateValue(resource, forKey: name) == nil { order.append(name) }
        default:
            throw SimulatorError.unusable("a line of the journal is of an unknown kind")
        }
    }

    /// Puts everything into a wallet.
    func restore(into wallet: GoogleWallet) throws {
        for issuer in issuers.values { wallet.accounts.put(issuer) }
        for (email, keys) in keys {
            for (id, key) in keys { wallet.accounts.add(key: key, id: id, of: email) }
        }
        for name in order {
            if let resource = resources[name] { wallet.vault.restore(resource) }
        }
    }
}

extension Resource {
    /// Reads a line of the journal.
    fileprivate init(_ line: JSONValue) throws {
        guard let type = ResourceType(segment: line["type"]?.stringValue ?? ""),
            let object = line["object"]?.objectValue, let id = ResourceID(object["id"]?.stringValue ?? "")
        else { throw SimulatorError.unusable("a resource of the journal cannot be read") }
        self.init(type: type, id: id, object: object, version: line["version"]?.intValue ?? 1)
        holders = line["holders"]?.arrayValue?.compactMap(\.stringValue) ?? []
        messageNotices = Self.instants(line["messageNotices"])
        changeNotices = Self.instants(line["changeNotices"])
    }

    /// The line of the journal that remembers it.
    var line: JSONValue {
        var line: JSONObject = [
            "what": "resource", "type": .string(type.description), "object": .object(object),
            "version": .number(JSONNumber(version)),
        ]
        if !holders.isEmpty { line["holders"] = .array(holders.map(JSONValue.string)) }
        if !messageNotices.isEmpty { line["messageNotices"] = Self.numbers(messageNotices) }
        if !changeNotices.isEmpty { line["changeNotices"] = Self.numbers(changeNotices) }
        return .object(line)
    }

    private static func instants(_ value: JSONValue?) -> [Instant] {
        (value?.arrayValue ?? []).compactMap(\.intValue).map { Instant(microseconds: Int64($0)) }
    }

    private static func numbers(_ instants: [Instant]) -> JSONValue {
        .array(instants.map { .number(JSONNumber($0.microseconds)) })
    }
}
