import Contracts
import Cryptography
import HTTPTypes
import JSON

/// The provider tokens of a .p8 key: one for each half hour, of the same time in every replica and after every start, and
/// none given up before Apple wants it renewed (20 minutes) or shown after Apple takes it (60 minutes).
struct ProviderToken: Sendable {
    /// How long a token serves.
    static let period = 1_800
    /// How long it serves at least.
    static let leastService = 1_260
    /// How old it must be before another one is worth trying.
    static let worthRenewing = 60

    private struct Token {
        let issuedAt: Int
        let text: String
        let usedSince: Instant
    }

    private let key: PushKey
    private let signingKey: PrivateKey
    private var current: Token?
    /// The time of the next token, when APNs has called the last one expired.
    private var renewalTime: Int?

    init(_ key: PushKey) throws(CredentialFault) {
        self.key = key
        signingKey = try APNsCredentials.signingKey(key)
    }

    /// The token of a push that is sent at an instant.
    mutating func token(at now: Instant) throws(CryptographyError) -> String {
        let issuedAt = renewalTime ?? now.wholeSeconds - now.wholeSeconds % Self.period
        if let current, renewalTime == nil {
            let hasServed = now.seconds(since: current.usedSince) >= Double(Self.leastService)
            guard issuedAt > current.issuedAt, hasServed else { return current.text }
        }
        let text = try JWS.sign(
            header: header.serialized(),
            payload: (["iss": .string(key.teamId.rawValue), "iat": .number(JSONNumber(issuedAt))] as JSONValue)
                .serialized(),
            key: signingKey)
        current = Token(issuedAt: issuedAt, text: text, usedSince: now)
        renewalTime = nil
        return text
    }

    /// Makes way for a token of this very instant, because APNs called the one of a push expired.
    /// - Returns: false when that was so new already that another would not help.
    mutating func renew(forPushSentAt sentAt: Instant, at now: Instant) -> Bool {
        if renewalTime != nil { return true }
        guard let current else { return true }
        // Others have had the same answer before: the newer one is there.
        if current.usedSince > sentAt { return true }
        guard now.wholeSeconds - current.issuedAt >= Self.worthRenewing else { return false }
        renewalTime = now.wholeSeconds
        return true
    }

    private var header: JSONValue {
        ["alg": .string(signingKey.kind.jwsAlgorithm), "kid": .string(key.keyId.rawValue)]
    }
}
