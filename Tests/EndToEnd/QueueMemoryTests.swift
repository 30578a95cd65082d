import Support
import Testing

extension EndToEndTests {
    @Suite("push-sender with a long queue") struct QueueMemoryTests {
        private static let sent = 10_000

        @Test("a million queued pushes take no more memory than ten thousand") func memory() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                try await eventually("the credentials to arrive") { try await platform.topic() != nil }
                let few = try await Self.peak(queued: Self.sent, platform)
                let many = try await Self.peak(queued: 1_000_000, platform)
                print(
                    "push-sender's peak memory: \(few >> 20) MiB with 10,000 queued, \(many >> 20) MiB with a million")
                #expect(many < few + 16 << 20, "\(few >> 20) MiB with 10,000 queued, \(many >> 20) MiB with a million")
            }
        }

        /// The most memory of a new process that finds so many pushes waiting and has sent the first of them.
        private static func peak(queued: Int, _ platform: WalletPlatform) async throws -> Int {
            await platform.push.terminate()
            try await platform.query(
                """
                TRUNCATE push.jobs;
                INSERT INTO push.jobs (topic, token, due_at, queued_at)
                SELECT topic, decode(lpad(to_hex(n), 64, '0'), 'hex'), now(), now()
                FROM push.topics, generate_series(1, \(queued)) n
                WHERE pass_type_identifier = '\(PassAuthority.passType)';
                ANALYZE push.jobs
                """)
            let before = try platform.apns.simulator.counters.accepted
            try await platform.push.start()
            try await platform.push.waitUntilReady(client: platform.client)
            try await eventually(within: .seconds(60), "\(sent) pushes") {
                try platform.apns.simulator.counters.accepted >= before + sent
            }
            // An admin's look at the queue counts it all.
            let topic = try #require(try await platform.topic())
            let accepted = try platform.apns.simulator.counters.accepted - before
            #expect(topic.queued + topic.inFlight + accepted >= queued)
            return try platform.push.peakMemory()
        }
    }
}
