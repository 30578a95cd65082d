import Contracts
import HTTPTypes
import Support
import Testing

@testable import PushSender

@Suite("The breaker of a topic") struct BreakerStoreTests {
    private static func tokens(_ range: ClosedRange<Int>) -> [String] { range.map(PushSenderUnderTest.token) }

    /// Takes pushes and lets APNs find fault with so many of their tokens, and take the rest.
    private func settle(
        _ sender: PushSenderUnderTest, _ topic: DueTopic, suspects: Int, accepted: Int
    ) async throws -> SettledAnswers {
        let pushes = try await sender.queue().lease(topic, atMost: suspects + accepted)
        try #require(pushes.count == suspects + accepted)
        let outcomes = pushes.enumerated().map { index, push in
            index < suspects
                ? PushOutcome(push: push, kind: .suspect(since: .now()), reason: "BadDeviceToken")
                : PushOutcome(push: push, kind: .accepted, reason: nil)
        }
        return try await sender.queue().settle(outcomes, of: topic)
    }

    @Test("sees the answers of all replicas within a minute, and of no other topic")
    func window() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic(Self.tokens(1...60))
            let first = try await settle(sender, topic, suspects: 20, accepted: 5)
            #expect(first.window == Breaker.Window(answers: 25, suspects: 20))
            // A minute later they are history.
            try await sender.pool.execute("UPDATE push.answers SET second = second - 60")
            let second = try await settle(sender, topic, suspects: 1, accepted: 2)
            #expect(second.window == Breaker.Window(answers: 3, suspects: 1))
            try await sender.putCredentials(
                try await PushSenderUnderTest.credentials("other"), passType: PassAuthority.otherPassType)
            try await sender.push(Self.tokens(1...1), passType: PassAuthority.otherPassType)
            let other = try await settle(
                sender, try await sender.due(PassAuthority.otherPassType), suspects: 1, accepted: 0)
            #expect(other.window == Breaker.Window(answers: 1, suspects: 1))
        }
    }

    @Test("counts no answer twice that is told twice")
    func exactlyOnce() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic(Self.tokens(1...10))
            let pushes = try await sender.queue().lease(topic, atMost: 10)
            for _ in 1...3 {
                let settled = try await sender.queue().settle(
                    pushes, .suspect(since: .now()), reason: "BadDeviceToken", of: topic)
                #expect(settled.window == Breaker.Window(answers: 10, suspects: 10))
            }
            #expect(try await sender.topic()["rejected"]?["BadDeviceToken"] == 10)
            #expect(try await sender.count("SELECT count(*) FROM push.rejections") == 10)
            #expect(try await sender.count("SELECT count(*) FROM push.results") == 10)
        }
    }

    @Test("brings the pushes of suspect tokens back when it opens, as old as they were")
    func recall() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic(Self.tokens(1...60))
            let oldest = try await sender.topic()["oldestQueuedAt"]
            let settled = try await settle(sender, topic, suspects: 50, accepted: 0)
            // One of them was pushed for again meanwhile.
            let token = try #require(
                try await sender.pool.query(
                    """
                    SELECT encode(token, 'hex') FROM push.rejections LIMIT 1
                    """
                ).first?.decode(String.self))
            try await sender.push([token])
            let store = TopicStore(database: sender.pool)
            #expect(try await store.open(topic, epoch: settled.epoch, reason: "BadDeviceToken"))
            #expect(try await store.open(topic, epoch: settled.epoch, reason: "BadDeviceToken") == false)
            #expect(try await store.recallSuspects(atMost: 30) == 30)
            #expect(try await store.recallSuspects(atMost: 30) == 20)
            #expect(try await store.recallSuspects(atMost: 30) == 0)
            let shown = try await sender.topic()
            #expect(shown["state"] == "open")
            #expect(shown["lastError"] == "BadDeviceToken")
            #expect(shown["queued"] == 60)
            #expect(shown["oldestQueuedAt"] == oldest)
            #expect(sender.registry.rejections.isEmpty)
        }
    }

    @Test("does not open for a window that was emptied meanwhile")
    func emptied() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic(Self.tokens(1...60))
            let settled = try await settle(sender, topic, suspects: 50, accepted: 0)
            try await sender.hold("resume")
            #expect(try await TopicStore(database: sender.pool).open(topic, epoch: settled.epoch, reason: "x") == false)
            #expect(try await settle(sender, topic, suspects: 1, accepted: 0).window.answers == 1)
        }
    }

    @Test("lets the oldest push through once a minute, another token each time, to one replica alone")
    func probes() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic(Self.tokens(1...1))
            try await sender.push(Self.tokens(2...2), rate: 1)
            try await sender.push(Self.tokens(3...3))
            let store = TopicStore(database: sender.pool)
            #expect(try await store.open(topic, epoch: 0, reason: "BadDeviceToken"))
            #expect(try await store.due().isEmpty)
            #expect(try await sender.queue().leaseProbe(topic).isEmpty)
            var seen: [String] = []
            for _ in 1...4 {
                try await sender.pool.execute("UPDATE push.topics SET probe_at = now()")
                let probe = try await sender.due()
                #expect(probe.isProbe)
                let pushes = try await withThrowingTaskGroup(of: [LeasedPush].self) { group in
                    for _ in 1...3 { group.addTask { try await sender.queue().leaseProbe(probe) } }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                seen += pushes.map(\.token)
                #expect(try await store.due().isEmpty)
                try await sender.queue().settle(
                    pushes, .refused(retryAt: .now(), countsAttempt: true), reason: "BadDeviceToken", of: probe)
            }
            #expect(seen == [1, 2, 3, 1].map(PushSenderUnderTest.token))
        }
    }

    @Test("closes for good and with an empty window")
    func closes() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic(Self.tokens(1...60))
            let settled = try await settle(sender, topic, suspects: 50, accepted: 0)
            let store = TopicStore(database: sender.pool)
            #expect(try await store.open(topic, epoch: settled.epoch, reason: "BadDeviceToken"))
            #expect(try await store.close(topic, epoch: settled.epoch))
            #expect(try await store.close(topic, epoch: settled.epoch) == false)
            #expect(try await sender.topic()["state"] == "running")
            #expect(try await settle(sender, topic, suspects: 1, accepted: 0).window.answers == 1)
        }
    }
}
