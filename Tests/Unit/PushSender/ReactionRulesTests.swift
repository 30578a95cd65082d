import HTTPTypes
import Testing

@testable import PushSender

@Suite struct ReactionRulesTests {
    private static let sentAt = Instant(seconds: 1_780_000_000)

    private func reaction(
        _ status: Int, _ reason: String? = nil, timestamp: Instant? = nil, attempts: Int = 1
    ) -> Reaction {
        ReactionRules.reaction(
            to: .response(status: status, reason: reason.flatMap(APNsReason.init(rawValue:)), timestamp: timestamp),
            attempts: attempts, sentAt: Self.sentAt, jitter: 1)
    }

    @Test("is done with a push that APNs took")
    func accepted() {
        #expect(reaction(200) == .accepted)
    }

    @Test("suspects a token that APNs finds bad", arguments: ["BadDeviceToken", "DeviceTokenNotForTopic"])
    func suspects(reason: String) {
        #expect(reaction(400, reason) == .suspectToken(since: Self.sentAt))
    }

    @Test(
        "stops the topic for what no other push of it would escape",
        arguments: [
            (400, "BadTopic"), (400, "MissingTopic"), (400, "TopicDisallowed"), (400, "BadExpirationDate"),
            (400, "BadPriority"), (400, "PayloadEmpty"), (400, "InvalidPushType"), (400, "DuplicateHeaders"),
            (400, "BadMessageId"), (400, "BadCollapseId"), (403, "BadCertificate"), (403, "BadCertificateEnvironment"),
            (403, "Forbidden"), (403, "InvalidProviderToken"), (403, "MissingProviderToken"),
            (403, "UnrelatedKeyIdInToken"), (403, "BadEnvironmentKeyIdInToken"), (403, "AWordOfTomorrow"),
            (404, "BadPath"), (405, "MethodNotAllowed"), (413, "PayloadTooLarge"), (301, nil), (403, nil), (404, nil),
        ] as [(Int, String?)])
    func stops(status: Int, reason: String?) {
        #expect(reaction(status, reason) == .stopTopic)
    }

    @Test("makes a new provider token when APNs calls the old one expired")
    func renews() {
        #expect(reaction(403, "ExpiredProviderToken") == .renewProviderToken)
    }

    @Test("removes a token that is gone since the timestamp", arguments: ["Unregistered", "ExpiredToken"])
    func removes(reason: String) {
        let since = Self.sentAt.adding(seconds: -86_400)
        #expect(reaction(410, reason, timestamp: since) == .removeToken(since: since))
    }

    @Test("takes a timestamp that is missing or yet to come for the time of sending")
    func removesWithoutTimestamp() {
        #expect(reaction(410, "Unregistered") == .removeToken(since: Self.sentAt))
        let future = Self.sentAt.adding(seconds: 60)
        #expect(reaction(410, "Unregistered", timestamp: future) == .removeToken(since: Self.sentAt))
    }

    @Test(
        "lets a token rest longer with each refusal, an hour at most",
        arguments: [(1, 4), (2, 8), (5, 64), (40, 3_600)])
    func restsToken(attempts: Int, seconds: Int) {
        #expect(reaction(429, "TooManyRequests", attempts: attempts) == .restToken(.seconds(seconds)))
    }

    @Test("lets the whole topic rest when its provider token is renewed too often")
    func restsForProvider() {
        #expect(reaction(429, "TooManyProviderTokenUpdates") == .restService(.seconds(60), reconnect: false))
    }

    @Test(
        "tries again over a new connection after a fault of the service",
        arguments: [
            (400, "IdleTimeout"), (500, "InternalServerError"), (503, "ServiceUnavailable"), (503, "Shutdown"),
            (502, nil),
        ] as [(Int, String?)])
    func restsService(status: Int, reason: String?) {
        #expect(reaction(status, reason) == .restService(.seconds(1), reconnect: true))
        #expect(reaction(status, reason, attempts: 30) == .restService(.seconds(60), reconnect: true))
    }

    @Test("tries again after a fault of the network", arguments: [NoAnswer.unreachable("down"), .lost("cut")])
    func restsAfterNetwork(cause: NoAnswer) {
        let reaction = ReactionRules.reaction(to: .none(cause), attempts: 3, sentAt: Self.sentAt, jitter: 0)
        #expect(reaction == .restService(.seconds(2), reconnect: false))
    }

    @Test("stops the topic when its credentials can't be used at all")
    func stopsUnusable() {
        let answer = APNsAnswer.none(.unusable("no key"))
        #expect(ReactionRules.reaction(to: answer, attempts: 1, sentAt: Self.sentAt, jitter: 0) == .stopTopic)
    }

    @Test("tries a push that is refused for a reason nobody knows ten times", arguments: [400, 409, 418])
    func givesUp(status: Int) {
        #expect(reaction(status, "AWordOfTomorrow", attempts: 1) == .restToken(.seconds(4)))
        #expect(reaction(status, "AWordOfTomorrow", attempts: 9) == .restToken(.seconds(1_024)))
        #expect(reaction(status, "AWordOfTomorrow", attempts: 10) == .giveUp)
    }
}
