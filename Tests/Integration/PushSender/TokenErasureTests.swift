import HTTPTypes
import JSON
import Postgres
import Support
import Testing

@testable import PushSender

@Suite("Push tokens that belong to nobody") struct TokenErasureTests {
    @Test("are forgotten with what waits for them and what became of it, but for what was queued since")
    func forgets() async throws {
        try await PushSenderUnderTest.run { sender in
            let (gone, kept) = (PushSenderUnderTest.token(1), PushSenderUnderTest.token(2))
            try await sender.push([gone, kept])
            try await sender.pool.execute(
                """
                INSERT INTO push.results (topic, token, queued_at, at, attempts, apns_id)
                SELECT 1, decode(\(gone), 'hex'), now(), now(), 1, gen_random_uuid()
                """)
            let body: JSONValue = [
                "pushTokens": [.string(gone)], "before": .string(Instant.now().adding(seconds: 60).rfc3339),
            ]
            let answer = try await sender.call(
                .post, "/rpc/v1/push-tokens/erasures", token: PushSenderUnderTest.registryToken, body: body)
            #expect(answer.json["removed"] == 2)
            let left = try await sender.pool.query("SELECT encode(token, 'hex') FROM push.jobs").only()
            #expect(try left.decode(String.self) == kept)
            try await sender.push([gone])
            let earlier: JSONValue = ["pushTokens": [.string(gone)], "before": "2020-01-01T00:00:00Z"]
            let later = try await sender.call(
                .post, "/rpc/v1/push-tokens/erasures", token: PushSenderUnderTest.registryToken, body: earlier)
            #expect(later.json["removed"] == 0)
        }
    }
}
