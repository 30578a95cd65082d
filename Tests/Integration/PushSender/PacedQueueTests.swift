import Contracts
import Support
import Testing

@testable import PushSender

@Suite("Pushes with a pace") struct PacedQueueTests {
    private static func tokens(_ range: ClosedRange<Int>) -> [String] { range.map(PushSenderUnderTest.token) }

    @Test("go out at their pace, which all replicas share")
    func pace() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...500), rate: 20)
            let topic = try await sender.due()
            let clock = ContinuousClock()
            let start = clock.now
            // Two replicas ask as often as they can.
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...2 {
                    group.addTask {
                        var count = 0
                        while count < 20, clock.now - start < .seconds(60) {
                            count += try await sender.queue().leasePaced(topic, atMost: 100).pushes.count
                        }
                        return count
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let total = counts.reduce(0, +)
            let seconds = (clock.now - start) / .seconds(1)
            // A quarter of a second's worth may go at once.
            #expect(Double(total) <= 20 * (seconds + 0.25) + 2)
            #expect(total >= 40)
        }
    }

    @Test("hold up none without one, and lose theirs when such a push joins them")
    func lanes() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...100), rate: 1)
            try await sender.push(Self.tokens(200...201))
            let topic = try await sender.due()
            #expect(
                Set(try await sender.queue().lease(topic, atMost: 10).map(\.token)) == Set(Self.tokens(200...201)))
            #expect(try await sender.push(Self.tokens(50...51)) == [0, 2, 0])
            #expect(Set(try await sender.queue().lease(topic, atMost: 10).map(\.token)) == Set(Self.tokens(50...51)))
            #expect(try await sender.push(Self.tokens(60...60), rate: 5) == [0, 1, 0])
            #expect(try await sender.queue().lease(topic, atMost: 10).isEmpty)
        }
    }

    @Test("keep their pace when they are pushed for again on their way, unless such a push has none")
    func again() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let (one, two) = (PushSenderUnderTest.token(1), PushSenderUnderTest.token(2))
            let topic = try await sender.preparedTopic([one, two])
            let taken = try await sender.queue().lease(topic, atMost: 5)
            try await sender.push([one, two], rate: 1)
            try await sender.push([two])
            try await sender.queue().settle(taken, .accepted, of: topic)
            #expect(try await sender.queue().lease(topic, atMost: 5).map(\.token) == [two])
            #expect(try await sender.queue().leasePaced(topic, atMost: 5).pushes.map(\.token) == [one])
        }
    }

    @Test("say how long until the next may go")
    func wait() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...3), rate: 1)
            let topic = try await sender.due()
            let first = try await sender.queue().leasePaced(topic, atMost: 5)
            #expect(first.pushes.count == 1)
            let wait = try #require(first.wait)
            #expect(wait > .milliseconds(500) && wait <= .seconds(1))
            // What a slow machine needs until it asks again must not use up the wait.
            try await sender.pool.execute("UPDATE push.topics SET paced_until = paced_until + interval '1 hour'")
            #expect(try await sender.queue().leasePaced(topic, atMost: 5).pushes.isEmpty)
        }
    }
}
