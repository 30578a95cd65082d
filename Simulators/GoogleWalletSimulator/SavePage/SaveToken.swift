import Cryptography
import GoogleWalletSchema
import HTTPTypes
import JSON

/// The resources that a save link carries, once its signature is found to be a service account's.
struct SaveToken: Sendable {
    /// A class or object of the link, whole or by its id.
    struct Entry: Sendable {
        let type: ResourceType
        let id: ResourceID
        let object: JSONObject

        /// Whether it is there to be looked up alone; of a generic class the id is all that it must have.
        var isReference: Bool {
            type != ResourceType(.generic, .class) && object.keys.allSatisfy { $0 == "id" || $0 == "classId" }
        }
    }

    /// More are refused.
    static let maximumEntries = 100

    /// The service account that signed.
    let clientEmail: String
    /// Classes first.
    let entries: [Entry]

    /// Takes a token of the `jwt` calls or of a link.
    init(_ compact: String, accounts: Accounts, now: Instant) throws(WalletError) {
        guard let token = try? JWS.parse(compact),  // One word for everything that can be wrong with it.
            let header = try? JSON.parse(token.headerJSON), let claims = try? JSON.parse(token.payload)
        else { throw Self.invalid("it is no signed token") }
        guard header["alg"]?.stringValue == "RS256" else { throw Self.invalid("its algorithm is not RS256") }
        let email = claims["iss"]?.stringValue ?? ""
        guard let keys = accounts.keys(of: email, named: header["kid"]?.stringValue) else {
            throw Self.invalid("there is no service account '\(email)'")
        }
        guard keys.contains(where: { JWS.verify(token, key: $0) }) else {
            throw Self.invalid("its signature is none of the service account's")
        }
        try Self.check(claims, now)
        clientEmail = email
        entries = try Self.entries(of: claims["payload"] ?? .null)
    }

    private static func check(_ claims: JSONValue, _ now: Instant) throws(WalletError) {
        guard claims["aud"]?.stringValue == "google" else { throw invalid("aud is not 'google'") }
        guard claims["typ"]?.stringValue == "savetowallet" else { throw invalid("typ is not 'savetowallet'") }
        guard let issuedAt = claims["iat"]?.doubleValue, issuedAt.isFinite else { throw invalid("iat is no number") }
        let time = Double(now.microseconds) / 1_000_000
        guard issuedAt <= time + 300 else { throw invalid("it was issued in the future") }
        if let expiry = claims["exp"] {
            guard let expiresAt = expiry.doubleValue, expiresAt > time else { throw invalid("it has expired") }
        }
        if let origins = claims["origins"] {
            guard let texts = origins.arrayValue, texts.allSatisfy({ $0.stringValue != nil }) else {
                throw invalid("origins is no list of texts")
            }
        }
    }

    /// The resources of a payload.
    static func entries(of payload: JSONValue) throws(WalletError) -> [Entry] {
        guard let lists = payload.objectValue, !lists.isEmpty else { throw invalid("its payload is empty") }
        var entries: [Entry] = []
        for (name, list) in lists {
            guard let type = ResourceType.all.first(where: { $0.listName == name }) else {
                throw invalid("its payload has an unknown list '\(name)'")
            }
            guard let elements = list.arrayValue else { throw invalid("'\(name)' is no list") }
            for element in elements {
                guard let object = element.objectValue else { throw invalid("'\(name)' holds what is no object") }
                let text = object["id"]?.stringValue ?? ""
                guard let id = ResourceID(text) else { throw .invalidID(text) }
                entries.append(Entry(type: type, id: id, object: object))
            }
        }
        guard entries.count <= maximumEntries else { throw invalid("it holds more than \(maximumEntries) resources") }
        guard entries.contains(where: { $0.type.level == .object }) else { throw invalid("it holds no object") }
        return entries.filter { $0.type.level == .class } + entries.filter { $0.type.level == .object }
    }

    private static func invalid(_ why: String) -> WalletError { .invalidResource("Invalid JWT: \(why).") }
}
