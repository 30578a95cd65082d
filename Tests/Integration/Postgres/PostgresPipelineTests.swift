import JSON
import Postgres
import Support
import Testing

@Suite("Pipelined statements")
struct PostgresPipelineTests {
    @discardableResult
    private func withPool<T>(
        _ configuration: PostgresConfiguration, _ body: (PostgresPool) async throws -> T
    ) async throws -> T {
        try await PostgresPool.using(
            try await SharedDatabase.value().ownerURL(for: .pushSender), configuration, body)
    }

    @Test(
        "of a thousand statements at once each of two connections sends as many as it may together, and each gets its own"
    )
    func fewRoundTrips() async throws {
        let configuration = PostgresConfiguration.test(size: 2).with(\.acquireTimeout, .seconds(60))
            .with(\.maximumPipeline, 64)
        try await withPool(configuration) { pool in
            #expect(await pool.isReachable())
            let before = pool.statistics
            let statements = try await withPool(.test(size: 1)) { other in
                // The server answers none of them meanwhile: after each answer the next one is sent, alone.
                try await other.transaction { held in
                    _ = try await held.query("SELECT pg_advisory_xact_lock(1000)")
                    // Both connections are held until all of them wait: a busy machine would send each as it comes.
                    let statements = try await pool.transaction { _ in
                        try await pool.transaction { _ in
                            let statements = (0..<1000).map { number in
                                Task {
                                    try await pool.query(
                                        """
                                        SELECT \(number) * 3 AS product
                                        FROM (SELECT pg_advisory_xact_lock_shared(1000)) AS held
                                        """
                                    ).only().decode(Int.self)
                                }
                            }
                            let areWaiting = await eventually { pool.statistics.waiting == 1000 }
                            #expect(areWaiting)
                            return statements
                        }
                    }
                    // Each of the two transactions has a beginning and an end.
                    #expect(await eventually { pool.statistics.statements - before.statements == 4 + 2 * 64 })
                    #expect(pool.statistics.batches - before.batches == 4 + 2)
                    return statements
                }
            }
            var answers: [Int] = []
            for statement in statements { answers.append(try await statement.value) }
            #expect(answers == (0..<1000).map { $0 * 3 })
            let after = pool.statistics
            #expect(after.statements - before.statements == 1004)
            #expect(after.prepared - before.prepared <= 2)
        }
    }

    @Test("a statement that fails leaves its neighbours alone")
    func failsAlone() async throws {
        try await withPool(.test(size: 1)) { pool in
            try await pool.execute("CREATE TABLE alone (number bigint PRIMARY KEY)")
            try await pool.execute("INSERT INTO alone VALUES (7)")
            let failures = await withTaskGroup(of: (Int, PostgresError?).self) { group in
                for number in 0..<100 {
                    group.addTask {
                        do throws(PostgresError) {
                            try await pool.execute("INSERT INTO alone VALUES (\(number))")
                            return (number, nil)
                        } catch {
                            return (number, error)
                        }
                    }
                }
                return await group.reduce(into: [Int: PostgresError]()) { $0[$1.0] = $1.1 }
            }
            #expect(Array(failures.keys) == [7])
            #expect(failures[7]?.sqlState == .uniqueViolation)
            #expect(failures[7]?.constraint == "alone_pkey")
            let row = try #require(try await pool.query("SELECT count(*) AS count FROM alone").first)
            #expect(try row.decode("count", as: Int.self) == 100)
        }
    }

    @Test("what fails when it is committed is reported as failed")
    func deferredConstraint() async throws {
        try await withPool(.test(size: 1)) { pool in
            try await pool.execute(
                "CREATE TABLE deferred (n bigint CONSTRAINT late UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            try await pool.execute("INSERT INTO deferred VALUES (1)")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.execute("INSERT INTO deferred VALUES (1)")
            }
            #expect(error?.constraint == "late")
            #expect(try await pool.rowCount("SELECT n FROM deferred") == 1)
        }
    }

    @Test("a prepared statement is prepared anew when its table changes or the server forgot it")
    func staleStatements() async throws {
        try await withPool(.test(size: 1)) { pool in
            try await pool.execute("CREATE TABLE stale (a bigint)")
            try await pool.execute("INSERT INTO stale VALUES (1)")
            let statement: SQL = "SELECT * FROM stale"
            #expect(try await pool.query(statement).first?.decode("a", as: Int.self) == 1)
            try await pool.execute("ALTER TABLE stale ALTER a TYPE text, ADD b bigint DEFAULT 2")
            let row = try #require(try await pool.query(statement).first)
            #expect(try row.decode(String.self, Int.self) == ("1", 2))
            try await pool.execute("DEALLOCATE ALL")
            #expect(try await pool.rowCount(statement) == 1)
            #expect(pool.statistics.connections == 1)
        }
    }

    @Test("no connection keeps more prepared statements than allowed")
    func boundedCache() async throws {
        try await withPool(.test(size: 1).with(\.maximumPreparedStatements, 4)) { pool in
            for number in 0..<40 {
                _ = try await pool.query("SELECT 1 AS \(identifier: "n\(number)")")
            }
            let kept: SQL = "SELECT count(*) AS count FROM pg_prepared_statements"
            _ = try await pool.query(kept)
            let row = try #require(try await pool.query(kept).first)
            #expect(try row.decode("count", as: Int.self) <= 5)
        }
    }

    @Test("BEGIN and COPY outside of their place are refused and leave no trace")
    func refusedCommands() async throws {
        try await withPool(.test(size: 1)) { pool in
            await #expect(throws: PostgresError.invalidStatement) { try await pool.execute("BEGIN") }
            await #expect(throws: PostgresError.invalidStatement) {
                try await pool.execute("COPY (SELECT 1) TO STDOUT")
            }
            try await pool.execute("CREATE TABLE traceless ()")
            try await PostgresPool.using(pool.configuration.url) { other async throws in
                #expect(try await other.rowCount("SELECT FROM traceless") == 0)
            }
        }
    }

    @Test("more parameters than the protocol counts are refused before they are sent")
    func tooManyParameters() async throws {
        try await withPool(.test(size: 1)) { pool in
            var interpolation = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: 65_536)
            for number in 0..<65_536 { interpolation.appendInterpolation(number) }
            let statement = SQL(stringInterpolation: interpolation)
            await #expect(throws: PostgresError.invalidStatement) { try await pool.query(statement) }
        }
    }

    @Test(
        "a parameter stays data, whatever its type and text",
        arguments: [
            "'; DROP TABLE target; --", "$1", "\\'; DROP TABLE target; --", "\"; DROP TABLE target; --", "1 OR 1=1",
            "{\"a\":1}",
        ])
    func injection(attempt: String) async throws {
        try await withPool(.test(size: 1)) { pool in
            try await pool.execute("CREATE TABLE \(identifier: attempt) (secret text)")
            try await pool.execute("INSERT INTO \(identifier: attempt) VALUES ('kept')")
            #expect(try await pool.execute("UPDATE \(identifier: attempt) SET secret = secret") == 1)
            #expect(try await pool.rowCount("SELECT FROM \(identifier: attempt) WHERE secret = \(attempt)") == 0)
            #expect(try await pool.rowCount("SELECT FROM \(identifier: attempt) WHERE secret = ANY(\([attempt]))") == 0)
            #expect(
                try await pool.rowCount("SELECT FROM \(identifier: attempt) WHERE secret = \(Optional(attempt))") == 0)
            #expect(
                try await pool.rowCount(
                    "SELECT FROM \(identifier: attempt) WHERE secret::bytea = \(Array(attempt.utf8))") == 0)
            #expect(
                try await pool.rowCount(
                    "SELECT FROM \(identifier: attempt) WHERE to_jsonb(secret) = \(.string(attempt) as JSONValue)") == 0
            )
            #expect(try await pool.rowCount("SELECT 1 AS \(identifier: attempt)") == 1)
            #expect(try await pool.rowCount("SELECT FROM \(identifier: attempt) WHERE secret = 'kept'") > 0)
            try await pool.execute("DROP TABLE \(identifier: attempt)")
        }
    }
}
