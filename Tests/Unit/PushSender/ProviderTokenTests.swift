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

    @Test("is reused for 30 minutes, and never older than that")
    func reuse() throws {
        var (provider, _) = try provider()
        let tokens = try [0, 1_799, 1_800].map { try provider.token(at: Instant(seconds: Self.slot + $0)) }
        #expect(tokens[1] == tokens[0])
        #expect(try tokens.map(issueTime) == [Self.slot, Self.slot, Self.slot + 1_800])
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

    @Test("is made anew when APNs calls it expired, and not again within 20 minutes")
    func renewal() throws {
        var (provider, _) = try provider()
        let old = try provider.token(at: Instant(seconds: Self.slot + 600))
        let isRenewed = provider.renew(at: Instant(seconds: Self.slot + 601))
        #expect(isRenewed)
        let new = try provider.token(at: Instant(seconds: Self.slot + 601))
        #expect(new != old)
        #expect(try issueTime(new) == Self.slot + 601)
        let isRenewedSoon = provider.renew(at: Instant(seconds: Self.slot + 1_800))
        #expect(!isRenewedSoon)
        let later = try [2_400, 2_401].map { try provider.token(at: Instant(seconds: Self.slot + $0)) }
        #expect(later[0] == new)
        #expect(try issueTime(later[1]) == Self.slot + 1_800)
        let isRenewedAgain = provider.renew(at: Instant(seconds: Self.slot + 2_401))
        #expect(isRenewedAgain)
    }
}
