import Cryptography
import HTTPClient
import HTTPTypes
import Testing

@testable import PassIssuer

@Suite struct WebhookSignatureTests {
    @Test("is the one of Standard Webhooks' own example")
    func vector() throws {
        let key = try #require(Base64.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let headers = WebhookSignature.headers(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: Array(#"{"test": 2432232314}"#.utf8),
            secrets: [WebhookSecret(key: key)], at: Instant(seconds: 1_614_265_330))
        #expect(headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(headers["webhook-timestamp"] == "1614265330")
    }

    @Test("is made with each secret that is good at the moment, the newest first")
    func rotation() {
        let now = Instant(seconds: 1_700_000_000)
        let secrets = StoredWebhook.SealedSecrets(current: [1]).rotated(to: [2], at: now)
        #expect(secrets.active(at: now) == [[2], [1]])
        #expect(secrets.active(at: now.adding(seconds: 86_399)) == [[2], [1]])
        #expect(secrets.active(at: now.adding(seconds: 86_400)) == [[2]])
        // A third one takes the place of the first.
        #expect(secrets.rotated(to: [3], at: now).active(at: now) == [[3], [2]])
    }

    @Test(
        "an answer is taken for what it says",
        arguments: [
            (200, "delivered"), (204, "delivered"), (301, "receiver"), (307, "receiver"), (400, "refused"),
            (401, "receiver"), (404, "receiver"), (409, "refused"), (410, "receiver"), (422, "refused"),
            (429, "receiver"), (500, "receiver"), (503, "receiver"),
        ])
    func outcomes(status: Int, expected: String) {
        let outcome = WebhookOutcome(
            HTTPClientResponse(status: HTTPStatus(rawValue: status)), at: Instant(seconds: 0))
        let word =
            switch outcome {
            case .delivered: "delivered"
            case .receiverFailed: "receiver"
            case .refused: "refused"
            }
        #expect(word == expected)
    }

    @Test("a receiver is left alone for as long as it says, in seconds or as a date, an hour at most")
    func retryAfter() {
        func wait(_ text: String) -> Int? {
            let response = HTTPClientResponse(status: .serviceUnavailable, headers: ["Retry-After": text])
            guard case .receiverFailed(_, _, let seconds) = WebhookOutcome(response, at: Instant(seconds: 784_111_777))
            else { return nil }
            return seconds
        }
        #expect(wait("120") == 120)
        // The example of RFC 9110, a minute later.
        #expect(wait("Sun, 06 Nov 1994 08:50:37 GMT") == 60)
        #expect(wait("soon") == nil)
        #expect(WebhookPace.pause(failures: 1, retryAfterSeconds: 120, jitter: 1) == 120_000)
        #expect(WebhookPace.pause(failures: 1, retryAfterSeconds: 1_000_000, jitter: 1) == 3_600_000)
    }

    @Test("pauses double with each failure, up to five minutes; delays of one event up to an hour")
    func pace() {
        #expect(
            (1...4).map { WebhookPace.pause(failures: $0, retryAfterSeconds: nil, jitter: 1) } == [
                1_000, 2_000, 4_000, 8_000,
            ])
        #expect(WebhookPace.pause(failures: 1_000, retryAfterSeconds: nil, jitter: 1) == 300_000)
        #expect(WebhookPace.pause(failures: 2, retryAfterSeconds: nil, jitter: 0.5) == 1_000)
        #expect(WebhookPace.delay(attempts: 1, jitter: 1) == 5_000)
        #expect(WebhookPace.delay(attempts: 1_000, jitter: 1) == 3_600_000)
    }
}
