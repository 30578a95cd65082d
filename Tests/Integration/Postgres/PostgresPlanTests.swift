import Postgres
import Support
import Testing

@Suite("Plans of statements")
struct PostgresPlanTests {
    /// How many rows PostgreSQL reads to find one of many, when it has planned for a queue that was empty.
    private func rowsRead(toFindOneOf count: Int, planLifetime: Duration) async throws -> Int {
        let database = try await TestDatabase.make()
        let url = try await database.ownerURL(for: .pushSender)
        let configuration = PostgresConfiguration.test(size: 1).with(\.planLifetime, planLifetime)
        return try await PostgresPool.using(url, configuration) { pool in
            // Whether autovacuum comes in time is not to be waited for.
            try await pool.execute(
                """
                CREATE TABLE push.work (id bigint PRIMARY KEY, state text NOT NULL, issuer text NOT NULL)
                WITH (autovacuum_enabled = off)
                """)
            try await pool.execute("CREATE INDEX work_next ON push.work (issuer) WHERE state = 'pending'")
            try await pool.execute("VACUUM push.work")
            // From the sixth time on PostgreSQL may keep a plan.
            for _ in 0..<10 { try await pool.transaction { try await find(1, in: $0) } }
            try await pool.execute(
                "INSERT INTO push.work SELECT n, 'pending', 'issuer' FROM generate_series(1, \(count)) n")
            try await Task.sleep(for: .milliseconds(20))
            return try await pool.transaction { transaction in
                let before = try await read(in: transaction)
                try await find(count / 2, in: transaction)
                return try await read(in: transaction) - before
            }
        }
    }

    private func find(_ id: Int, in transaction: Transaction) async throws {
        _ = try await transaction.query("SELECT issuer FROM push.work WHERE id = \(id) AND state = 'pending'")
    }

    private func read(in transaction: Transaction) async throws -> Int {
        try await transaction.query(
            """
            SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables
            WHERE relname = 'work'
            """
        ).only().decode(Int.self)
    }

    @Test("one that was made for an empty queue reads all of it once it is long, and is made anew after its time")
    func anew() async throws {
        #expect(try await rowsRead(toFindOneOf: 20_000, planLifetime: .seconds(3_600)) > 10_000)
        #expect(try await rowsRead(toFindOneOf: 20_000, planLifetime: .milliseconds(1)) < 10)
    }

    @Test("where there is an index it is used, however small the table is")
    func indexes() async throws {
        let database = try await TestDatabase.make()
        try await PostgresPool.using(
            try await database.ownerURL(for: .pushSender), .test(size: 1)
        ) { pool in
            try await pool.execute("CREATE TABLE push.few (id bigint PRIMARY KEY)")
            try await pool.execute("INSERT INTO push.few SELECT n FROM generate_series(1, 5) n")
            let plan = try await pool.query("EXPLAIN SELECT FROM push.few WHERE id = 3")
            #expect(try plan.map { try $0.decode(String.self) }.joined().contains("Index"))
        }
    }
}
