import Contracts
import HTTPTypes
import Support
import Testing

@testable import PushSender

@Suite("The queue of pushes") struct QueueTests {
    private static func tokens(_ range: ClosedRange<Int>) -> [String] { range.map(PushSenderUnderTest.token) }

    @Test("gives the oldest pushes first")
    func age() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await sender.putCredentials()
            for number in [3, 1, 2] { try await sender.push([PushSenderUnderTest.token(number)]) }
            let topic = try await sender.due()
            let first = try await sender.queue().lease(topic, atMost: 2)
            #expect(Set(first.map(\.token)) == Set([3, 1].map(PushSenderUnderTest.token)))
            let second = try await sender.queue().lease(topic, atMost: 2)
            #expect(second.map(\.token) == [PushSenderUnderTest.token(2)])
        }
    }

    @Test("gives each push to one replica, however many ask at once")
    func sharing() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic(Self.tokens(1...2_000))
            let taken = try await withThrowingTaskGroup(of: [LeasedPush].self) { group in
                for _ in 1...4 {
                    group.addTask {
                        var all: [LeasedPush] = []
                        while true {
                            let pushes = try await sender.queue().lease(topic, atMost: 97)
                            if pushes.isEmpty { return all }
                            all += pushes
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == 2_000)
            #expect(Set(taken.map(\.token)).count == 2_000)
            #expect(try await sender.topic()["inFlight"] == 2_000)
            #expect(try await sender.topic()["queued"] == 0)
        }
    }

    @Test("gives the pushes of a replica that died to another when the lease is over, under the same id for APNs")
    func takeover() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic(Self.tokens(1...10))
            let dead = try await sender.queue(lease: .milliseconds(200)).lease(topic, atMost: 10)
            #expect(dead.count == 10)
            var taken: [LeasedPush] = []
            try await eventually("the end of the lease") {
                taken += try await sender.queue().lease(topic, atMost: 10)
                return taken.count == 10
            }
            let ids = { (pushes: [LeasedPush]) in Dictionary(uniqueKeysWithValues: pushes.map { ($0.token, $0.apnsID) })
            }
            #expect(ids(taken) == ids(dead))
            #expect(taken.allSatisfy { $0.attempts == 2 })
            // The dead one comes back and tells what it has no say in any more.
            try await sender.queue().settle(dead, .accepted, of: topic)
            #expect(try await sender.topic()["inFlight"] == 10)
            #expect(try await sender.topic()["accepted"] == 0)
            try await sender.queue().settle(taken, .accepted, of: topic)
            #expect(try await sender.topic()["inFlight"] == 0)
            #expect(try await sender.topic()["accepted"] == 10)
        }
    }

    @Test("sends a push anew that was pushed for again while it was on its way, as another one")
    func pushedAgainInFlight() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let token = PushSenderUnderTest.token(1)
            let topic = try await sender.preparedTopic([token])
            let first = try await sender.queue().lease(topic, atMost: 5)
            #expect(try await sender.push([token]) == [1, 0, 0])
            #expect(try await sender.push([token]) == [0, 1, 0])
            #expect(try await sender.topic()["queued"] == 1)
            #expect(try await sender.topic()["inFlight"] == 1)
            #expect(try await sender.queue().lease(topic, atMost: 5).isEmpty)
            try await sender.queue().settle(first, .accepted, of: topic)
            let second = try await sender.queue().lease(topic, atMost: 5)
            #expect(second.map(\.token) == [token])
            #expect(second.first?.attempts == 1)
            #expect(second.first?.apnsID != first.first?.apnsID)
            try await sender.queue().settle(second, .accepted, of: topic)
            #expect(try await sender.topic()["accepted"] == 2)
            #expect(try await sender.count("SELECT count(*) FROM push.jobs") == 0)
            #expect(
                try await sender.eventKinds(token)
                    == ["pushQueued", "pushQueued", "pushAccepted", "pushAccepted"])
        }
    }

    @Test("sends one push for all that were pushed for before it is tried again")
    func pushedAgainBeforeRetry() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let token = PushSenderUnderTest.token(1)
            let topic = try await sender.preparedTopic([token])
            let first = try await sender.queue().lease(topic, atMost: 5)
            try await sender.push([token])
            try await sender.queue().settle(
                first, .refused(retryAt: .now(), countsAttempt: true), reason: "ServiceUnavailable", of: topic)
            let second = try await sender.queue().lease(topic, atMost: 5)
            #expect(second.first?.apnsID == first.first?.apnsID)
            #expect(second.first?.attempts == 2)
            try await sender.queue().settle(second, .accepted, of: topic)
            #expect(try await sender.count("SELECT count(*) FROM push.jobs") == 0)
        }
    }

    @Test("loses no push that comes after a lease is over and before its late end")
    func pushedAgainAfterLease() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let token = PushSenderUnderTest.token(1)
            let topic = try await sender.preparedTopic([token])
            let first = try await sender.queue(lease: .milliseconds(1)).lease(topic, atMost: 5)
            try await eventually("the end of the lease") { try await sender.topic()["queued"] == 1 }
            // The phone was told before this change; whoever is late must not take it for this push.
            try await sender.push([token])
            try await sender.queue().settle(first, .accepted, of: topic)
            #expect(try await sender.queue().lease(topic, atMost: 5).map(\.token) == [token])
        }
    }

    @Test("keeps a push that waits for its time, and its reason")
    func waiting() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let token = PushSenderUnderTest.token(1)
            let topic = try await sender.preparedTopic([token])
            let first = try await sender.queue().lease(topic, atMost: 5)
            let later = Instant.now().adding(seconds: 3_600)
            try await sender.queue().settle(
                first, .refused(retryAt: later, countsAttempt: true), reason: "TooManyRequests", of: topic)
            #expect(try await sender.queue().lease(topic, atMost: 5).isEmpty)
            #expect(try await TopicStore(database: sender.pool).due().isEmpty)
            #expect(try await sender.topic()["queued"] == 1)
            #expect(try await sender.topic()["rejected"]?["TooManyRequests"] == 1)
            let answer = try await sender.call(
                .get, "/rpc/v1/push-tokens/\(token)/events", token: PushSenderUnderTest.issuerToken)
            #expect(answer.json["events"]?[0]?["detail"]?.stringValue?.contains("TooManyRequests") == true)
        }
    }

    @Test("gives nothing to who has old credentials, or while the topic is paused, stopped or open")
    func holding() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic(Self.tokens(1...3))
            let old = DueTopic(
                number: topic.number, passTypeIdentifier: topic.passTypeIdentifier, revision: topic.revision - 1,
                isProbe: false)
            #expect(try await sender.queue().lease(old, atMost: 1).isEmpty)
            #expect(try await sender.queue().leasePaced(old, atMost: 1).pushes.isEmpty)
            let store = TopicStore(database: sender.pool)
            for way in ["pause", "stop", "open"] {
                switch way {
                case "pause": try await sender.hold("pause")
                case "stop": #expect(try await store.stop(topic, reason: "BadCertificate"))
                default: #expect(try await store.open(topic, epoch: 2, reason: "BadDeviceToken"))
                }
                #expect(try await store.due().isEmpty)
                #expect(try await sender.queue().lease(topic, atMost: 1).isEmpty)
                try await sender.hold("resume")
            }
            #expect(try await sender.queue().lease(topic, atMost: 5).count == 3)
        }
    }

    @Test("joins pushes that come sooner than the least time after the last one")
    func minimumInterval() async throws {
        try await PushSenderUnderTest.run(["PUSH_MIN_INTERVAL_SECONDS": "3600"]) { (sender) async throws in
            let (one, two) = (PushSenderUnderTest.token(1), PushSenderUnderTest.token(2))
            let topic = try await sender.preparedTopic([one, two])
            let queue = sender.queue(minimumInterval: .seconds(3_600))
            let taken = try await queue.lease(topic, atMost: 5)
            // One is pushed for again on its way, the other afterwards.
            try await sender.push([one])
            try await queue.settle(taken, .accepted, of: topic)
            #expect(try await sender.push([one, two]) == [1, 1, 0])
            #expect(try await sender.push([one, two]) == [0, 2, 0])
            #expect(try await queue.lease(topic, atMost: 5).isEmpty)
            #expect(
                try await sender.count(
                    """
                    SELECT count(*) FROM push.jobs
                    WHERE due_at BETWEEN now() + interval '59 minutes' AND now() + interval '61 minutes'
                    """) == 2)
        }
    }
}
