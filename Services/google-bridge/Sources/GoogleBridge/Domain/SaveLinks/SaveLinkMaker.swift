import Contracts
import Cryptography
import GoogleWalletSchema
import HTTPTypes
import JSON

/// Makes save links: a JWT that the service account signs, behind Google's address.
struct SaveLinkMaker: Sendable {
    /// What stands before `/<jwt>`.
    let baseURL: String

    /// Browsers and mail programs cut what is longer.
    static let longestJWT = 1_800

    private static let header = Array(#"{"alg":"RS256","typ":"JWT"}"#.utf8)

    /// A link to an object that is at Google.
    func link(
        to objectID: String, ofClass classID: String, _ kind: GoogleKind, by account: ServiceAccount, at now: Instant
    ) throws(CryptographyError) -> String {
        let item = SaveLinkItem.reference(to: objectID, ofClass: classID, kind)
        return url(try jwt(Self.payload([item]), by: account, at: now))
    }

    /// A link that saves one pass or several, of whatever kinds; nil when it is too long.
    func link(
        saving items: [SaveLinkItem], by account: ServiceAccount, at now: Instant
    ) throws(CryptographyError) -> String? {
        let payload = Self.payload(items)
        // Before the signature is made: what it makes longer is known.
        guard Self.length(of: claims(payload, by: account, at: now), by: account) <= Self.longestJWT else { return nil }
        return url(try jwt(payload, by: account, at: now))
    }

    /// A list for each kind; a class that several objects have stands there once.
    private static func payload(_ items: [SaveLinkItem]) -> JSONObject {
        var payload: JSONObject = [:]
        for item in items {
            let (objects, classes) = (item.kind.rawValue + "Objects", item.kind.rawValue + "Classes")
            payload[objects] = .array((payload[objects]?.arrayValue ?? []) + [.object(item.object)])
            guard let resource = item.classResource.map(JSONValue.object) else { continue }
            let others = payload[classes]?.arrayValue ?? []
            if !others.contains(resource) { payload[classes] = .array(others + [resource]) }
        }
        return payload
    }

    private func url(_ jwt: String) -> String { "\(baseURL)/\(jwt)" }

    private func jwt(
        _ payload: JSONObject, by account: ServiceAccount, at now: Instant
    ) throws(CryptographyError) -> String {
        try JWS.sign(header: Self.header, payload: claims(payload, by: account, at: now), key: account.privateKey)
    }

    /// Without `exp`: a link in a mail lives as long as the mail.
    private func claims(_ payload: JSONObject, by account: ServiceAccount, at now: Instant) -> [UInt8] {
        let claims: JSONObject = [
            "iss": .string(account.clientEmail), "aud": "google", "typ": "savetowallet",
            "iat": .number(JSONNumber(now.wholeSeconds)), "origins": [], "payload": .object(payload),
        ]
        return JSONValue.object(claims).serialized()
    }

    /// How long the JWT of such claims is: three base 64 texts with dots between them.
    static func length(of claims: [UInt8], by account: ServiceAccount) -> Int {
        let signature =
            switch account.privateKey.kind {
            case .rsa(let bits): (bits + 7) / 8
            case .p256: 64
            }
        return [header.count, claims.count, signature].reduce(2) { $0 + ($1 * 4 + 2) / 3 }
    }
}
