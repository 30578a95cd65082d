import Postgres
import Support
import Synchronization
import Testing

@Suite("Lost connections")
struct PostgresRecoveryTests {
    /// The numbers that a load inserted, by what its callers were told.
    private struct Told {
        var acknowledged: Set<Int> = []
        var unknown: Set<Int> = []
        var refused: Set<Int> = []
        var others: [PostgresError] = []
    }

    private final class Events: Sendable {
        let all = Mutex<[PostgresEvent]>([])
    }

    private final class Flag: Sendable {
        let value = Atomic(false)
    }

    private final class Record: Sendable {
        let next = Atomic(0)
        let told = Mutex(Told())
    }

    /// Inserts numbers from several tasks until the condition holds.
    private func load(_ pool: PostgresPool, while condition: @escaping @Sendable () -> Bool) async -> Told {
        let record = Record()
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<16 {
                group.addTask {
                    while condition() {
                        let number = record.next.add(1, ordering: .relaxed).newValue
                        do throws(PostgresError) {
                            if task % 2 == 0 {
                                try await pool.execute("INSERT INTO load VALUES (\(number))")
                            } else {
                                try await insertInTransaction(number, pool)
                            }
                            record.told.withLock { _ = $0.acknowledged.insert(number) }
                        } catch {
                            record.told.withLock { told in
                                switch error {
                                case .outcomeUnknown: told.unknown.insert(number)
                                case .unreachable: told.refused.insert(number)
                                default: told.others.append(error)
                                }
                            }
                            await Task.yield()
                        }
                    }
                }
            }
        }
        return record.told.withLock { $0 }
    }

    private func insertInTransaction(_ number: Int, _ pool: PostgresPool) async throws(PostgresError) {
        do {
            try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO load VALUES (\(number))")
                _ = try await transaction.query("SELECT count(*) FROM load WHERE n = \(number)")
            }
        } catch let error as PostgresError {
            throw error
        } catch {
            throw .closed
        }
    }

    @Test("a server that is killed under load loses nothing that was acknowledged, and the pool comes back by itself")
    func killedServer() async throws {
        let cluster = try await TestDatabase.crashCluster()
        // So long that who is refused quickly was not refused by this.
        let patient = PostgresConfiguration.test(size: 4).with(\.acquireTimeout, .seconds(60))
        let pool = PostgresPool.started(cluster.database.ownerURL(for: .passIssuer), patient)
        try await pool.execute("CREATE TABLE load (n bigint PRIMARY KEY)")
        let isOver = Flag()
        async let telling = load(pool) { !isOver.value.load(ordering: .relaxed) }
        for _ in 0..<2 {
            let before = pool.statistics.statements
            let isLoaded = await eventually { pool.statistics.statements > before + 500 }
            #expect(isLoaded)
            try await cluster.kill()
            let noticed = await eventually { pool.statistics.connected == 0 }
            #expect(noticed)
            let refusal = ContinuousClock.now
            await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
            #expect(ContinuousClock.now - refusal < .seconds(20))
            try await cluster.restart()
            let recovered = await eventually { await pool.isReachable() }
            #expect(recovered)
        }
        let before = pool.statistics.statements
        let isLoaded = await eventually { pool.statistics.statements > before + 200 }
        #expect(isLoaded)
        isOver.value.store(true, ordering: .relaxed)
        let told = await telling
        let stored = Set(try await pool.query("SELECT n FROM load").map { try $0.decode(Int.self) })
        #expect(told.others == [])
        #expect(told.acknowledged.count > 500)
        #expect(told.acknowledged.subtracting(stored).isEmpty)
        #expect(stored.intersection(told.refused).isEmpty)
        #expect(stored.subtracting(told.acknowledged).isSubset(of: told.unknown))
        await pool.close()
        try await cluster.stop()
    }

    @Test("a backend that is terminated takes its statement's answer along, and only that")
    func terminatedBackend() async throws {
        let database = try await SharedDatabase.value()
        try await PostgresPool.using(database.superuserURL, .test(size: 1)) { admin in
            try await PostgresPool.using(
                database.ownerURL(for: .passIssuer), .test(size: 1).with(\.applicationName, "terminated")
            ) { pool in
                // By its own statement: the one before may still be seen while it goes.
                func terminate(_ statement: String) async throws -> Bool {
                    try await eventually {
                        try await admin.rowCount(
                            """
                            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                            WHERE application_name = 'terminated' AND query = \(statement) AND state = 'active'
                            """) == 1
                    }
                }
                async let lost = outcome { try await pool.query("SELECT pg_sleep(60)") }
                let isTerminated = try await terminate("SELECT pg_sleep(60)")
                #expect(isTerminated)
                #expect(await lost == .outcomeUnknown)

                async let rolledBack = outcome {
                    try await pool.transaction { transaction in
                        _ = try await transaction.query("SELECT 1")
                        _ = try await transaction.query("SELECT pg_sleep(61)")
                    }
                }
                let isTerminatedAgain = try await terminate("SELECT pg_sleep(61)")
                #expect(isTerminatedAgain)
                #expect(await rolledBack == .unreachable)

                // One that idles is replaced without anyone noticing.
                let idle: SQL = """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE application_name = 'terminated' AND state = 'idle'
                    """
                let isBack = await eventually { await pool.isReachable() }
                #expect(isBack)
                let connections = pool.statistics.connections
                #expect(try await admin.rowCount(idle) == 1)
                let isReplaced = await eventually { pool.statistics.connections == connections + 1 }
                #expect(isReplaced)
                #expect(try await pool.rowCount("SELECT 1") == 1)
            }
        }
    }

    @Test("every statement ends, done or failed, while its connections are cut again and again")
    func cutAgainAndAgain() async throws {
        let database = try await SharedDatabase.value()
        try await PostgresPool.using(database.superuserURL, .test(size: 1)) { admin in
            try await PostgresPool.using(
                database.ownerURL(for: .passIssuer), .test(size: 2).with(\.applicationName, "cut")
            ) { pool in
                let cutting = Task {
                    while !Task.isCancelled {
                        _ = try? await admin.rowCount(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cut'")
                    }
                }
                // So many at once travel several to a connection: some are between two sends when it breaks.
                let ended = Ended()
                for _ in 0..<64 {
                    Task {
                        for _ in 0..<50 {
                            _ = try? await pool.query("SELECT 1")
                            await ended.add()
                        }
                    }
                }
                let haveAllEnded = await eventually(within: .seconds(60)) { await ended.count == 64 * 50 }
                cutting.cancel()
                #expect(haveAllEnded)
            }
        }
    }

    private actor Ended {
        private(set) var count = 0

        func add() { count += 1 }
    }

    private func outcome(_ body: () async throws -> some Any) async -> PostgresError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? PostgresError
        }
    }

    @Test("without a server waiting statements are told so quickly, and the reason is an event without the password")
    func noServer() async throws {
        let cluster = try await TestDatabase.crashCluster()
        try await cluster.stop()
        let events = Events()
        let url = cluster.database.ownerURL(for: .passIssuer)
        let pool = PostgresPool.started(
            url, .test(size: 2).with(\.acquireTimeout, .seconds(60)),
            onEvent: { event in events.all.withLock { $0.append(event) } })
        let began = ContinuousClock.now
        await #expect(throws: PostgresError.unreachable) { try await pool.query("SELECT 1") }
        #expect(ContinuousClock.now - began < .seconds(20))
        #expect(await pool.isReachable() == false)
        // The service was there first; the server comes later.
        try await cluster.restart()
        let isUp = await eventually { await pool.isReachable() }
        #expect(isUp)
        await pool.close()
        try await cluster.stop()
        let password = try #require(url.split(separator: "@").first?.split(separator: ":").last)
        let seen = events.all.withLock { $0 }
        #expect(seen.contains { if case .connectFailed(let reason) = $0 { !reason.isEmpty } else { false } })
        #expect(!"\(seen)".contains(password))
    }

    @Test("a wrong password is a failure to connect")
    func wrongPassword() async throws {
        let port = try await SharedDatabase.value().port
        try await PostgresPool.using("postgresql://pass_issuer:wrong@127.0.0.1:\(port)/postgres", .test(size: 1)) {
            pool async throws in
            await #expect(throws: PostgresError.unreachable) { try await pool.query("SELECT 1") }
        }
    }
}
