import Postgres
import Support
import Synchronization
import Testing

@Suite("Transactions")
struct PostgresTransactionTests {
    private struct Stop: Error {}

    @discardableResult
    private func withPool<T>(
        size: Int = 2, table: String, _ body: (PostgresPool) async throws -> T
    ) async throws -> T {
        let url = try await SharedDatabase.value().ownerURL(for: .deviceRegistry)
        // On a busy machine many transactions wait for one another's locks: only the outcome matters here.
        let patient = PostgresConfiguration.test(size: size).with(\.acquireTimeout, .seconds(60))
            .with(\.lockTimeout, .seconds(60)).with(\.statementTimeout, .seconds(60))
        return try await PostgresPool.using(url, patient) { pool in
            try await pool.execute("CREATE TABLE \(identifier: table) (n bigint UNIQUE)")
            return try await body(pool)
        }
    }

    private func expectCount(
        _ expected: Int, _ table: String, _ pool: PostgresPool, at location: SourceLocation = #_sourceLocation
    ) async throws {
        let row = try #require(try await pool.query("SELECT count(*) AS count FROM \(identifier: table)").first)
        #expect(try row.decode("count", as: Int.self) == expected, sourceLocation: location)
    }

    @Test("commits when the closure returns, and others see nothing before")
    func commits() async throws {
        try await withPool(table: "commits") { pool in
            let value = try await pool.transaction { transaction in
                #expect(try await transaction.execute("INSERT INTO commits VALUES (1), (2)") == 2)
                #expect(try await pool.rowCount("SELECT FROM commits") == 0)
                return try await transaction.query("SELECT n FROM commits ORDER BY n").map { try $0.decode(Int.self) }
            }
            #expect(value == [1, 2])
            try await expectCount(2, "commits", pool)
        }
    }

    @Test("what is to be done after a commit is done after it, in order, and never when there is none")
    func afterCommit() async throws {
        try await withPool(table: "sequels") { pool in
            let done = Mutex<[Int]>([])
            try await pool.transaction { transaction in
                transaction.afterCommit { done.withLock { $0.append(1) } }
                try await transaction.execute("INSERT INTO sequels VALUES (1)")
                transaction.afterCommit { done.withLock { $0.append(2) } }
                #expect(done.withLock { $0 }.isEmpty)
            }
            #expect(done.withLock { $0 } == [1, 2])
            await #expect(throws: Stop.self) {
                try await pool.transaction { transaction in
                    transaction.afterCommit { done.withLock { $0.append(3) } }
                    throw Stop()
                }
            }
            await #expect(throws: PostgresError.self) {
                try await pool.transaction { transaction in
                    transaction.afterCommit { done.withLock { $0.append(4) } }
                    // The commit itself fails of it.
                    try await transaction.execute(
                        "CREATE TABLE late (n bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)")
                    try await transaction.execute("INSERT INTO late VALUES (1), (1)")
                }
            }
            #expect(done.withLock { $0 } == [1, 2])
        }
    }

    @Test("rolls back when the closure throws, and passes its error on")
    func rollsBack() async throws {
        try await withPool(table: "rolls") { pool in
            await #expect(throws: Stop.self) {
                try await pool.transaction { transaction in
                    try await transaction.execute("INSERT INTO rolls VALUES (1)")
                    throw Stop()
                }
            }
            try await expectCount(0, "rolls", pool)
            #expect(pool.statistics.pinned == 0)
        }
    }

    @Test("refuses to commit after a failure that the closure kept to itself")
    func swallowedFailure() async throws {
        try await withPool(table: "swallowed") { pool in
            await #expect(throws: PostgresError.rolledBack) {
                try await pool.transaction { transaction in
                    await #expect(throws: PostgresError.self) { try await transaction.execute("SELECT 1 / 0") }
                    let error = await #expect(throws: PostgresError.self) {
                        try await transaction.execute("INSERT INTO swallowed VALUES (1)")
                    }
                    #expect(error?.sqlState == .inFailedTransaction)
                }
            }
            try await expectCount(0, "swallowed", pool)
        }
    }

    @Test("cancelling stops the running statement, rolls back and gives the connection back")
    func cancellation() async throws {
        let database = try await SharedDatabase.value()
        try await withPool(size: 1, table: "cancelled") { pool in
            let began = ContinuousClock.now
            let task = Task {
                try await pool.transaction { transaction in
                    try await transaction.execute("INSERT INTO cancelled VALUES (1)")
                    try await transaction.execute("SELECT pg_sleep(62)")
                }
            }
            // PostgreSQL ignores what would cancel a statement that it has not read yet.
            let isRunning = try await PostgresPool.using(database.superuserURL, .test(size: 1)) { admin in
                try await eventually {
                    try await admin.rowCount(
                        "SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(62)' AND state = 'active'") == 1
                }
            }
            #expect(isRunning)
            task.cancel()
            await #expect(throws: PostgresError.cancelled) { try await task.value }
            try await expectCount(0, "cancelled", pool)
            #expect(ContinuousClock.now - began < .seconds(30))
            #expect(pool.statistics.connections == 1)
        }
    }

    @Test("a closure that returns after its task was cancelled is rolled back")
    func cancelledAtTheEnd() async throws {
        try await withPool(table: "atend") { pool in
            let task = Task {
                try await pool.transaction { transaction in
                    try await transaction.execute("INSERT INTO atend VALUES (1)")
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
            await #expect(throws: PostgresError.cancelled) { try await task.value }
            try await expectCount(0, "atend", pool)
        }
    }

    @Test("a transaction that is kept beyond its end does nothing")
    func afterItsEnd() async throws {
        try await withPool(table: "after") { pool in
            let leaked = try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO after VALUES (1)")
                return transaction
            }
            await #expect(throws: PostgresError.transactionEnded) {
                try await leaked.execute("INSERT INTO after VALUES (2)")
            }
            try await expectCount(1, "after", pool)
        }
    }

    @Test("a deferred constraint fails the commit")
    func failedCommit() async throws {
        try await withPool(table: "commitfails") { pool in
            try await pool.execute(
                "ALTER TABLE commitfails ADD CONSTRAINT late UNIQUE (n) DEFERRABLE INITIALLY DEFERRED")
            try await pool.execute("ALTER TABLE commitfails DROP CONSTRAINT commitfails_n_key")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { transaction in
                    try await transaction.execute("INSERT INTO commitfails VALUES (1)")
                    try await transaction.execute("INSERT INTO commitfails VALUES (1)")
                }
            }
            #expect(error?.constraint == "late")
            try await expectCount(0, "commitfails", pool)
            #expect(pool.statistics.pinned == 0)
        }
    }

    @Test("serializable transactions that contradict each other: one of them fails and may be tried again")
    func serializable() async throws {
        try await withPool(table: "serial") { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction(isolation: .serializable) { first in
                    _ = try await first.query("SELECT count(*) FROM serial")
                    try await pool.transaction(isolation: .serializable) { second in
                        _ = try await second.query("SELECT count(*) FROM serial")
                        try await second.execute("INSERT INTO serial VALUES (1)")
                    }
                    try await first.execute("INSERT INTO serial VALUES (2)")
                }
            }
            #expect(error?.sqlState == .serializationFailure)
            #expect(error?.isRetryable == true)
            try await expectCount(1, "serial", pool)
        }
    }

    @Test("statements that run at once within one transaction share its fate")
    func concurrentSteps() async throws {
        try await withPool(table: "steps") { pool in
            await #expect(throws: Stop.self) {
                try await pool.transaction { transaction in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 0..<50 {
                            group.addTask { try await transaction.execute("INSERT INTO steps VALUES (\(number))") }
                        }
                        try await group.waitForAll()
                    }
                    let row = try #require(try await transaction.query("SELECT count(*) AS count FROM steps").first)
                    #expect(try row.decode("count", as: Int.self) == 50)
                    throw Stop()
                }
            }
            try await expectCount(0, "steps", pool)
        }
    }

    @Test("money moved by many transactions at once is neither made nor lost")
    func invariant() async throws {
        try await withPool(size: 4, table: "money") { pool in
            try await pool.execute("ALTER TABLE money ADD account bigint PRIMARY KEY")
            try await pool.execute("ALTER TABLE money DROP CONSTRAINT money_n_key")
            try await pool.execute("INSERT INTO money (n, account) SELECT 100, generate_series(1, 5)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let (from, to) = (1 + number % 5, 1 + (number * 7 + 1) % 5)
                        try await pool.transaction { transaction in
                            _ = try await transaction.query(
                                "SELECT FROM money WHERE account IN (\(from), \(to)) ORDER BY account FOR UPDATE")
                            try await transaction.execute("UPDATE money SET n = n - 1 WHERE account = \(from)")
                            try await transaction.execute("UPDATE money SET n = n + 1 WHERE account = \(to)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let row = try #require(try await pool.query("SELECT sum(n) AS sum FROM money").first)
            #expect(try row.decode("sum", as: Int.self) == 500)
        }
    }
}
