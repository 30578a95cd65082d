import Cryptography
import HTTPTypes
import JSON

/// Checks provider tokens ("Establishing a token-based connection to APNs").
struct ProviderTokens {
    /// How old a token may be, and how soon it may be followed by another on the same connection, in seconds.
    private static let lifetime = 3_600
    private static let shortestLife = 1_200

    private struct Key {
        let teamID: String
        let publicKey: PublicKey
        let topics: Set<String>?
    }

    private struct Use {
        var token: String
        /// When the connection showed it first.
        var since: Instant
        var issuedAt: Int
        var keyID: String
    }

    private let keys: [String: Key]
    /// The token that each connection showed last.
    private var uses: [Int: Use] = [:]

    init(_ keys: [APNsProviderKey]) throws(CryptographyError) {
        var read: [String: Key] = [:]
        for key in keys {
            read[key.keyID] = Key(
                teamID: key.teamID, publicKey: try PublicKey(pem: key.publicKey), topics: key.topics)
        }
        self.keys = read
    }

    /// Lets a push with the value of an authorization field pass, or says why not.
    mutating func check(
        _ authorization: String, topic: String, connection: Int, now: Instant
    ) throws(APNsRefusal) {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw APNsRefusal(.invalidProviderToken) }
        let token = String(parts[1])
        let use = try use(of: token, connection: connection, now: now)
        guard now.wholeSeconds - use.issuedAt <= Self.lifetime else { throw APNsRefusal(.expiredProviderToken) }
        if let topics = keys[use.keyID]?.topics, !topics.contains(topic) { throw APNsRefusal(.topicDisallowed) }
    }

    private mutating func use(of token: String, connection: Int, now: Instant) throws(APNsRefusal) -> Use {
        let last = uses[connection]
        // The same one again: its signature was checked.
        if let last, last.token == token { return last }
        let (keyID, issuedAt) = try verify(token, now: now)
        if let last, last.keyID == keyID, now.wholeSeconds - last.since.wholeSeconds < Self.shortestLife,
            now.wholeSeconds - last.issuedAt <= Self.lifetime
        {
            throw APNsRefusal(.tooManyProviderTokenUpdates)
        }
        if uses.count > 4_096 { uses.removeAll() }
        let use = Use(token: token, since: now, issuedAt: issuedAt, keyID: keyID)
        uses[connection] = use
        return use
    }

    private func verify(_ token: String, now: Instant) throws(APNsRefusal) -> (keyID: String, issuedAt: Int) {
        let invalid = APNsRefusal(.invalidProviderToken)
        guard let parsed = try? JWS.parse(token), let header = try? JSON.parse(parsed.headerJSON),
            let claims = try? JSON.parse(parsed.payload), header["alg"]?.stringValue == "ES256",
            let keyID = header["kid"]?.stringValue, let key = keys[keyID], key.publicKey.kind == .p256,
            claims["iss"]?.stringValue == key.teamID, let issuedAt = claims["iat"]?.intValue,
            JWS.verify(parsed, key: key.publicKey), issuedAt <= now.wholeSeconds + 60
        else { throw invalid }
        return (keyID, issuedAt)
    }
}
