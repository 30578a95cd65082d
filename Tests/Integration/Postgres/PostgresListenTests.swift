import Postgres
import Support
import Testing

@Suite("Listening")
struct PostgresListenTests {
    @Test("brings the payloads of its channel in their order, to each listener")
    func payloads() async throws {
        let url = try await SharedDatabase.value().ownerURL(for: .passIssuer)
        try await PostgresPool.using(url, .test(size: 1)) { pool in
            var first = pool.listen("odd \"channel\"").makeAsyncIterator()
            #expect(await first.next() == .missed)
            var second = pool.listen("odd \"channel\"").makeAsyncIterator()
            #expect(await second.next() == .missed)
            for text in ["one", "", "it's 'three'"] {
                try await pool.execute("SELECT pg_notify('another', 'x'), pg_notify('odd \"channel\"', \(text))")
            }
            for text in ["one", "", "it's 'three'"] {
                #expect(await first.next() == .payload(text))
                #expect(await second.next() == .payload(text))
            }
        }
    }

    @Test("listens again after its connection was lost, and says that it did")
    func reconnects() async throws {
        let database = try await SharedDatabase.value()
        try await PostgresPool.using(
            database.ownerURL(for: .passIssuer), .test(size: 1).with(\.applicationName, "listening")
        ) { pool in
            var notifications = pool.listen("again").makeAsyncIterator()
            #expect(await notifications.next() == .missed)
            let killed = try await PostgresPool.using(database.superuserURL, .test(size: 1)) { admin in
                try await admin.rowCount(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE application_name = 'listening' AND query LIKE 'LISTEN%'
                    """)
            }
            #expect(killed == 1)
            #expect(await notifications.next() == .missed)
            try await pool.execute("NOTIFY again, 'later'")
            #expect(await notifications.next() == .payload("later"))
        }
    }

    @Test("streams end when the pool closes, and the connection stops listening when its last stream is dropped")
    func ends() async throws {
        let url = try await SharedDatabase.value().ownerURL(for: .passIssuer)
        let pool = PostgresPool.started(url, .test(size: 1))
        var kept = pool.listen("kept").makeAsyncIterator()
        #expect(await kept.next() == .missed)
        let dropped = Task {
            for await _ in pool.listen("dropped") { break }
        }
        await dropped.value
        await pool.close()
        #expect(await kept.next() == nil)
        var late = pool.listen("late").makeAsyncIterator()
        #expect(await late.next() == nil)
    }
}
