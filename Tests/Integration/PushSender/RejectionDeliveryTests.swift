import Contracts
import HTTPTypes
import Postgres
import ServiceKit
import Support
import Testing

@testable import PushSender

@Suite("Telling device-registry of dead tokens") struct RejectionDeliveryTests {
    private func delivery(_ sender: PushSenderUnderTest) -> RejectionDelivery {
        RejectionDelivery(
            store: RejectionStore(database: sender.pool), topics: TopicStore(database: sender.pool),
            registry: DeviceRegistryClient(
                client: sender.client, baseURL: sender.configuration.deviceRegistryURL,
                token: sender.configuration.serviceToken.value),
            logger: Logger(service: "test", level: .error), metrics: OutboxMetrics(Metrics()))
    }

    /// A push to a token that APNs refuses.
    private func refuse(
        _ sender: PushSenderUnderTest, _ number: Int, _ kind: PushOutcome.Kind, _ reason: String
    ) async throws {
        let topic = try await sender.preparedTopic([PushSenderUnderTest.token(number)])
        let pushes = try await sender.queue().lease(topic, atMost: 1)
        try await sender.queue().settle(pushes, kind, reason: reason, of: topic)
    }

    /// Lets a minute pass for what waits.
    private func passMinute(_ sender: PushSenderUnderTest) async throws {
        try await sender.pool.execute("UPDATE push.rejections SET next_attempt_at = next_attempt_at - interval '60 s'")
    }

    @Test("tells at once of a token that is gone, since when APNs says so")
    func gone() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let since = try #require(Instant(rfc3339: "2026-06-02T09:30:00Z"))
            try await refuse(sender, 1, .rejected(since: since), "Unregistered")
            #expect(try await delivery(sender).deliver() == 1)
            let told = try #require(sender.registry.rejections.first)
            #expect(told.passTypeIdentifier.rawValue == PushSenderUnderTest.passType)
            #expect(told.pushToken.rawValue == PushSenderUnderTest.token(1))
            #expect(told.reason == "Unregistered")
            #expect(told.rejectedAt == since)
            #expect(try await delivery(sender).deliver() == 0)
            #expect(try await sender.count("SELECT count(*) FROM push.rejections") == 0)
        }
    }

    @Test("keeps a suspect token to itself for a minute, then tells of when it was refused")
    func suspects() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let since = Instant.now()
            try await refuse(sender, 1, .suspect(since: since), "BadDeviceToken")
            #expect(try await delivery(sender).deliver() == 0)
            #expect(
                try await sender.count(
                    """
                    SELECT count(*) FROM push.rejections
                    WHERE next_attempt_at BETWEEN now() + interval '50 s' AND now() + interval '61 s'
                    """) == 1)
            try await passMinute(sender)
            #expect(try await delivery(sender).deliver() == 1)
            #expect(sender.registry.rejections.map(\.rejectedAt) == [since.truncatedToSecond])
        }
    }

    @Test("tells nothing of a suspect token that is accepted meanwhile")
    func accepted() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await refuse(sender, 1, .suspect(since: .now()), "BadDeviceToken")
            try await refuse(sender, 2, .suspect(since: .now()), "BadDeviceToken")
            try await refuse(sender, 1, .accepted, "")
            try await passMinute(sender)
            #expect(try await delivery(sender).deliver() == 1)
            #expect(sender.registry.rejections.map(\.pushToken.rawValue) == [PushSenderUnderTest.token(2)])
        }
    }

    @Test("tells nothing of suspect tokens while the breaker is open, but of those that are gone")
    func open() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await refuse(sender, 1, .suspect(since: .now()), "BadDeviceToken")
            try await refuse(sender, 2, .rejected(since: .now()), "Unregistered")
            try await passMinute(sender)
            try await sender.pool.execute("UPDATE push.topics SET opened_at = now(), probe_at = now()")
            #expect(try await delivery(sender).deliver() == 1)
            #expect(sender.registry.rejections.map(\.pushToken.rawValue) == [PushSenderUnderTest.token(2)])
            #expect(try await sender.count("SELECT count(*) FROM push.rejections") == 1)
        }
    }

    @Test("tells again what device-registry did not take, later each time")
    func down() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            sender.registry.setDown(true)
            try await refuse(sender, 1, .rejected(since: .now()), "Unregistered")
            #expect(try await delivery(sender).deliver() == 1)
            #expect(
                try await sender.count(
                    """
                    SELECT count(*) FROM push.rejections WHERE attempts = 1 AND last_error LIKE '%503%'
                        AND next_attempt_at >= created_at + interval '250 ms'
                    """) == 1)
            sender.registry.setDown(false)
            try await passMinute(sender)
            #expect(try await delivery(sender).deliver() == 1)
            #expect(sender.registry.rejections.count == 1)
        }
    }

    @Test("gives what a replica that died had taken to another")
    func crash() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await refuse(sender, 1, .rejected(since: .now()), "Unregistered")
            let store = RejectionStore(database: sender.pool)
            #expect(try await store.lease(atMost: 5, for: .seconds(60)).count == 1)
            #expect(try await delivery(sender).deliver() == 0)
            try await passMinute(sender)
            #expect(try await delivery(sender).deliver() == 1)
            #expect(sender.registry.rejections.count == 1)
        }
    }
}
