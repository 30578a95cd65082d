import Postgres
import Support
import Testing

@Suite("Limits of a pool")
struct PostgresLimitsTests {
    @discardableResult
    private func withPool<T>(
        _ configuration: PostgresConfiguration = .test(size: 1),
        _ body: (PostgresPool) async throws -> T
    ) async throws -> T {
        try await PostgresPool.using(
            try await SharedDatabase.value().ownerURL(for: .googleBridge), configuration, body)
    }

    @Test("the server stops a statement at its time limit, and the connection serves on")
    func statementTimeout() async throws {
        try await withPool(.test(size: 1).with(\.statementTimeout, .milliseconds(100))) { pool async throws in
            await #expect(throws: PostgresError.timedOut(.statement)) { try await pool.query("SELECT pg_sleep(30)") }
            #expect(try await pool.rowCount("SELECT 1") == 1)
            #expect(pool.statistics.connections == 1)
        }
    }

    @Test("the server compiles no statement to machine code, which takes longer than running it")
    func noCompilation() async throws {
        try await withPool { pool async throws in
            #expect(try await pool.query("SHOW jit").only().decode(String.self) == "off")
        }
    }

    @Test("waiting for a connection ends with a clear error")
    func acquireTimeout() async throws {
        try await withPool(.test(size: 1).with(\.acquireTimeout, .milliseconds(100))) { pool in
            let isConnected = await eventually { await pool.isReachable() }
            #expect(isConnected)
            try await pool.transaction { transaction async throws in
                await #expect(throws: PostgresError.timedOut(.acquisition)) { try await pool.query("SELECT 1") }
                await #expect(throws: PostgresError.timedOut(.acquisition)) {
                    try await pool.transaction { _ in }
                }
                #expect(try await transaction.rowCount("SELECT 1") == 1)
            }
            #expect(try await pool.rowCount("SELECT 1") == 1)
        }
    }

    @Test("more waiting statements than allowed are refused at once")
    func boundedQueue() async throws {
        try await withPool(.test(size: 1).with(\.maximumWaiting, 10)) { pool in
            let errors = try await pool.transaction { _ in
                await withTaskGroup(of: PostgresError?.self, returning: [PostgresError].self) { group in
                    for _ in 0..<30 {
                        group.addTask {
                            do throws(PostgresError) {
                                _ = try await pool.query("SELECT 1")
                                return nil
                            } catch {
                                return error
                            }
                        }
                    }
                    var refused: [PostgresError] = []
                    // The other ten wait for the connection that this closure holds.
                    while refused.count < 20, let error = await group.next() { if let error { refused.append(error) } }
                    group.cancelAll()
                    return refused
                }
            }
            #expect(errors == Array(repeating: .overloaded, count: 20))
            #expect(PostgresError.overloaded.isRetryable)
        }
    }

    @Test("a thousand cancelled tasks leave no connection, transaction or place in the queue behind")
    func cancelledTasks() async throws {
        try await withPool(.test(size: 3).with(\.applicationName, "cancelled-tasks")) { pool in
            try await pool.execute("CREATE TABLE cancelled_tasks (n bigint)")
            let areConnected = await eventually { pool.statistics.connected == 3 }
            #expect(areConnected)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<1000 {
                    let task = Task {
                        if number % 2 == 0 {
                            _ = try await pool.query("SELECT pg_sleep(0.001)")
                        } else {
                            try await pool.transaction { transaction in
                                try await transaction.execute("INSERT INTO cancelled_tasks VALUES (\(number))")
                                try await transaction.execute("SELECT pg_sleep(0.001)")
                            }
                        }
                    }
                    group.addTask {
                        for _ in 0..<number % 7 { await Task.yield() }
                        task.cancel()
                        _ = await task.result
                    }
                }
            }
            let isAtRest = await eventually { pool.statistics.pinned == 0 && pool.statistics.waiting == 0 }
            #expect(isAtRest)
            #expect(pool.statistics.connected == 3)
            let sessions: SQL = """
                SELECT count(*) AS all, count(*) FILTER (WHERE state LIKE 'idle in%') AS open
                FROM pg_stat_activity WHERE application_name = 'cancelled-tasks'
                """
            let row = try #require(try await pool.query(sessions).first)
            #expect(try row.decode(Int.self, Int.self) == (3, 0))
            // Each connection still takes a transaction, all three at once.
            try await pool.transaction { first in
                try await pool.transaction { second in
                    try await pool.transaction { third async throws in
                        for transaction in [first, second, third] {
                            #expect(try await transaction.rowCount("SELECT 1") == 1)
                        }
                    }
                }
            }
        }
    }

    @Test("a pool that is being closed finishes what it accepted and refuses the rest")
    func gracefulClose() async throws {
        let url = try await SharedDatabase.value().ownerURL(for: .googleBridge)
        let pool = PostgresPool.started(url, .test(size: 2))
        #expect(await pool.isReachable())
        let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
        async let accepted: Int = pool.transaction { transaction in
            try await transaction.execute("SELECT 1")
            continuation.yield()
            try await transaction.execute("SELECT pg_sleep(0.3)")
            return try await transaction.execute("SELECT 1 WHERE true")
        }
        for await _ in begun { break }
        await pool.close()
        #expect(try await accepted == 1)
        await #expect(throws: PostgresError.closed) { try await pool.query("SELECT 1") }
        await pool.close()
    }

    @Test("a pool that was never started refuses and closes")
    func neverStarted() async throws {
        let pool = PostgresPool(configuration: PostgresConfiguration(url: "postgresql://127.0.0.1:1/none"))
        await #expect(throws: PostgresError.unreachable) { try await pool.query("SELECT 1") }
        await pool.close()
        await #expect(throws: PostgresError.closed) { try await pool.query("SELECT 1") }
    }
}
