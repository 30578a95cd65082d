import Contracts
import Cryptography
import HTTPTypes
import JSON

/// The provider tokens of a .p8 key: one for each half hour, the same in every replica and after every start, so that none is
/// younger than Apple wants it renewed (20 minutes) or older than Apple takes it (60 minutes).
struct ProviderToken: Sendable {
    /// How long a token serves.
    static let period = 1_800

    private let key: PushKey
    private let signingKey: PrivateKey
    private var current: (issuedAt: Int, token: String)?
    /// Since when a token serves that was made because APNs called its predecessor expired.
    private var renewedAt: Int?

    init(_ key: PushKey) throws(CredentialFault) {
        self.key = key
        signingKey = try APNsCredentials.signingKey(key)
    }

    /// The token of an instant.
    mutating func token(at now: Instant) throws(CryptographyError) -> String {
        let issuedAt = issueTime(at: now)
        if let current, current.issuedAt == issuedAt { return current.token }
        let token = try JWS.sign(
            header: header.serialized(),
            payload: (["iss": .string(key.teamId.rawValue), "iat": .number(JSONNumber(issuedAt))] as JSONValue)
                .serialized(),
            key: signingKey)
        current = (issuedAt, token)
        return token
    }

    /// Lets the next token be of this very instant, because APNs called the current one expired.
    /// - Returns: false when it is so new already that another would not help.
    mutating func renew(at now: Instant) -> Bool {
        if let renewedAt, now.wholeSeconds - renewedAt < Self.leastAge { return false }
        renewedAt = now.wholeSeconds
        return true
    }

    /// Apple refuses tokens that are made anew sooner than this.
    private static let leastAge = 1_200

    private func issueTime(at now: Instant) -> Int {
        let seconds = now.wholeSeconds
        if let renewedAt, (renewedAt..<renewedAt + Self.period).contains(seconds) { return renewedAt }
        return seconds - seconds % Self.period
    }

    private var header: JSONValue {
        ["alg": .string(signingKey.kind.jwsAlgorithm), "kid": .string(key.keyId.rawValue)]
    }
}
