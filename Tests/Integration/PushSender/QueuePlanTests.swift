import Postgres
import Support
import Testing

@testable import PushSender

@Suite("The way to a push in the queue") struct QueuePlanTests {
    private static let waiting = 5_000
    private static let batch = 300

    @Test("is as short as ever while PostgreSQL believes that the queue is empty")
    func misjudgedLength() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic((1...Self.waiting).map(PushSenderUnderTest.token))
            // What a vacuum leaves that comes by when nothing waits: pages, and nothing in them.
            try await PostgresPool.using(sender.database.superuserURL, .test(size: 1)) { pool async throws in
                try await pool.execute(
                    "UPDATE pg_class SET relpages = 200, reltuples = 0 WHERE oid = 'push.jobs'::regclass")
            }
            // One connection, which counts what its statements read.
            let url = sender.database.url(for: .pushSender)
            try await PostgresPool.using(url, .test(size: 1)) { pool async throws in
                let queue = QueueStore(database: pool, minimumInterval: .zero, leaseDuration: .seconds(60))
                let taken = try await queue.lease(topic, atMost: Self.batch)
                #expect(taken.count == Self.batch)
                // A third is pushed for again on its way, a third is to be sent later.
                try await sender.push(taken.prefix(100).map(\.token))
                let before = try await Self.rowsRead(pool)
                try await queue.settle(Array(taken.prefix(200)), .accepted, of: topic)
                try await queue.settle(
                    Array(taken.suffix(100)),
                    .refused(retryAt: .now(), countsAttempt: true), of: topic)
                let read = try await Self.rowsRead(pool) - before
                #expect((1...4 * Self.batch).contains(read), "\(read) rows were read for \(Self.batch) answers")
            }
            #expect(try await sender.count("SELECT count(*) FROM push.jobs") == Self.waiting - 100)
            #expect(try await sender.topic()["inFlight"] == 0)
        }
    }

    @Test("to the topics that have one is as short with a plan from when the queue was empty")
    func dueTopics() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            _ = try await sender.preparedTopic([PushSenderUnderTest.token(1)])
            try await PostgresPool.using(sender.database.superuserURL, .test(size: 1)) { pool async throws in
                try await pool.execute("DELETE FROM push.jobs")
                try await pool.execute("VACUUM ANALYZE push.jobs")
            }
            let url = sender.database.url(for: .pushSender)
            try await PostgresPool.using(url, .test(size: 1)) { pool async throws in
                let topics = TopicStore(database: pool)
                // So often that the plan is kept.
                for _ in 0..<10 { #expect(try await topics.due().isEmpty) }
                try await sender.push((1...Self.waiting).map(PushSenderUnderTest.token))
                let before = try await Self.rowsRead(pool)
                for _ in 0..<10 { #expect(try await topics.due().count == 1) }
                let read = try await Self.rowsRead(pool) - before
                #expect((1...40).contains(read), "\(read) rows were read for 10 looks")
            }
        }
    }

    @Test("leads past none of those that are due later") func later() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic((1...Self.waiting).map(PushSenderUnderTest.token))
            try await PostgresPool.using(sender.database.superuserURL, .test(size: 1)) { pool async throws in
                try await pool.execute("UPDATE push.jobs SET due_at = clock_timestamp() + interval '1 hour'")
                try await pool.execute("VACUUM ANALYZE push.jobs")
                // What this has read is on record before anything is counted.
                _ = try await Self.rowsRead(pool)
            }
            let url = sender.database.url(for: .pushSender)
            try await PostgresPool.using(url, .test(size: 1)) { pool async throws in
                let topics = TopicStore(database: pool)
                let queue = QueueStore(database: pool, minimumInterval: .zero, leaseDuration: .seconds(60))
                let before = try await Self.rowsRead(pool)
                for _ in 0..<10 {
                    #expect(try await topics.due().isEmpty)
                    #expect(try await queue.lease(topic, atMost: Self.batch).isEmpty)
                    #expect(try await queue.leasePaced(topic, atMost: Self.batch).pushes.isEmpty)
                }
                let read = try await Self.rowsRead(pool) - before
                #expect(read == 0, "\(read) rows were read for 10 looks")
            }
        }
    }

    /// Rows of the queue that were read so far, by whichever way.
    private static func rowsRead(_ pool: PostgresPool) async throws -> Int {
        _ = try await pool.query("SELECT pg_stat_force_next_flush()::text")
        return try await pool.query(
            "SELECT idx_tup_fetch + seq_tup_read FROM pg_stat_user_tables WHERE relid = 'push.jobs'::regclass"
        ).only().decode(Int.self)
    }
}
