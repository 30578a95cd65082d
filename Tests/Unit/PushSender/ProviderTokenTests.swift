import Contracts
import Cryptography
import HTTPTypes
import JSON
import Testing

@testable import PushSender

@Suite struct ProviderTokenTests {
    /// A whole number of half hours since 1970.
    private static let slot = 1_800 * 988_889

    private func provider() throws -> (ProviderToken, PrivateKey) {
        let key = try PrivateKey.generateP256()
        let token = try ProviderToken(
            PushKey(
                keyId: try #require(PushKeyID(rawValue: "ABC123DEFG")),
                teamId: try #require(TeamIdentifier(rawValue: "A1B2C3D4E5")),
                privateKey: Confidential(try key.pkcs8PEM)))
        return (token, key)
    }

    private func issueTime(_ token: String) throws -> Int? {
        try JSON.parse(JWS.parse(token).payload)["iat"]?.intValue
    }

    @Test("is an ES256 token of the key and its team")
    func content() throws {
        var (provider, key) = try provider()
        let token = try JWS.parse(provider.token(at: Instant(seconds: Self.slot + 100)))
        #expect(try JSON.parse(token.headerJSON) == ["alg": "ES256", "kid": "ABC123DEFG"])
        #expect(try JSON.parse(token.payload) == ["iss": "A1B2C3D4E5", "iat": .number(JSONNumber(Self.slot))])
        #expect(JWS.verify(token, key: key.publicKey))
    }

    /// The times of the tokens of pushes that are sent so many seconds after the beginning of a half hour.
    private func issueTimes(_ seconds: [Int]) throws -> [Int?] {
        var (provider, _) = try provider()
        return try seconds.map { try provider.token(at: Instant(seconds: Self.slot + $0)) }.map(issueTime)
            .map { $0.map { $0 - Self.slot } }
    }

    @Test("is made for half an hour")
    func reuse() throws {
        #expect(try issueTimes([0, 1_799, 1_800, 3_599, 3_600]) == [0, 0, 1_800, 1_800, 3_600])
    }

    @Test("serves 20 minutes at least, and is never shown when it is older than an hour")
    func leastService() throws {
        // Used first a minute before the half hour is over, it is 50 minutes old at the end.
        #expect(try issueTimes([1_740, 1_860, 2_999, 3_000, 4_259, 4_260]) == [0, 0, 0, 1_800, 1_800, 3_600])
        #expect(try issueTimes([0, 9_000]) == [0, 9_000])
    }

    @Test("is of the same time in every replica")
    func sharedTime() throws {
        var (first, _) = try provider()
        var (second, _) = try provider()
        let tokens = [
            try first.token(at: Instant(seconds: Self.slot + 5)),
            try second.token(at: Instant(seconds: Self.slot + 900)),
        ]
        #expect(try tokens.map(issueTime) == [Self.slot, Self.slot])
    }

    @Test("is made anew when APNs calls it expired, once for all that were sent with it")
    func renewal() throws {
        var (provider, _) = try provider()
        let sentAt = Instant(seconds: Self.slot + 1_500)
        let old = try provider.token(at: sentAt)
        let answers = [1, 2].map { provider.renew(forPushSentAt: sentAt, at: sentAt.adding(seconds: $0)) }
        let new = try provider.token(at: sentAt.adding(seconds: 3))
        let late = provider.renew(forPushSentAt: sentAt, at: sentAt.adding(seconds: 4))
        #expect(answers == [true, true] && late)
        #expect(new != old)
        #expect(try issueTime(new) == Self.slot + 1_501)
        let again = try provider.token(at: sentAt.adding(seconds: 5))
        #expect(again == new)
    }

    @Test("is not made anew when it is new already")
    func uselessRenewal() throws {
        var (provider, _) = try provider()
        let sentAt = Instant(seconds: Self.slot + 30)
        let old = try provider.token(at: sentAt)
        let isRenewed = provider.renew(forPushSentAt: sentAt, at: sentAt.adding(seconds: 1))
        #expect(!isRenewed)
        let same = try provider.token(at: sentAt.adding(seconds: 2))
        #expect(same == old)
    }
}
