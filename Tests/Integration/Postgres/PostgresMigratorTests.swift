import Postgres
import Support
import Testing

@Suite("Migrations")
struct PostgresMigratorTests {
    private static let files = [
        Migration(file: "V0001__initial.sql", sql: Array("CREATE TABLE a (n bigint); INSERT INTO a VALUES (1);".utf8)),
        Migration(file: "V0002__second", sql: Array("ALTER TABLE a ADD m text; -- ß\nCREATE INDEX ON a (m)".utf8)),
    ]

    /// A database of its own: the schemas' names are fixed.
    @discardableResult
    private func withPool<T>(_ body: (PostgresPool) async throws -> T) async throws -> T {
        try await PostgresPool.using(try await TestDatabase.make().ownerURL(for: .passIssuer), .test(size: 2)) { pool in
            try await body(pool)
        }
    }

    private func migrator(_ pool: PostgresPool, _ files: [Migration] = files) -> Migrator {
        Migrator(pool: pool, schema: "issuer", migrations: files)
    }

    @Test("applies each file once, in its order, and then has nothing to do")
    func twice() async throws {
        try await withPool { pool async throws in
            let migrator = migrator(pool, Self.files.reversed())
            #expect(try await migrator.pending() == ["V0001__initial", "V0002__second"])
            #expect(try await migrator.migrate() == ["V0001__initial", "V0002__second"])
            #expect(try await migrator.pending() == [])
            #expect(try await migrator.migrate() == [])
            #expect(try await pool.rowCount("SELECT n, m FROM issuer.a") == 1)
            // The checksum is what `printf … | sha256sum` prints for the first file.
            let row = try #require(
                try await pool.query(
                    "SELECT version, name, encode(sha256, 'hex') FROM issuer.schema_migrations ORDER BY version"
                ).first)
            let (version, name, checksum) = try row.decode(Int.self, String.self, String.self)
            #expect(version == 1 && name == "initial")
            #expect(checksum == "0f411348f45941e87a089c7dea8c3f35faf5b4da72834bf79ed4c3c715f20efa")
        }
    }

    @Test("replicas that start at once apply each file once")
    func replicas() async throws {
        try await withPool { pool async throws in
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<4 { group.addTask { try await migrator(pool).migrate() } }
                return try await group.reduce(into: [String]()) { $0 += $1 }
            }
            #expect(applied == ["V0001__initial", "V0002__second"])
            #expect(try await pool.rowCount("SELECT FROM issuer.a") == 1)
        }
    }

    @Test("refuses a file that was changed after it had been applied")
    func changedFile() async throws {
        try await withPool { pool async throws in
            try await migrator(pool).migrate()
            let changed = Migration(version: 2, name: "second", sql: Array("SELECT 1".utf8))
            await #expect(throws: PostgresError.migrationRefused(.changed(name: "V0002__second"))) {
                try await migrator(pool, [Self.files[0], changed]).migrate()
            }
        }
    }

    @Test("a file that fails leaves nothing behind, and those before it stay")
    func failingFile() async throws {
        try await withPool { pool async throws in
            let failing = Migration(version: 2, name: "bad", sql: Array("CREATE TABLE b (); SELECT 1 / 0".utf8))
            let error = await #expect(throws: PostgresError.self) {
                try await migrator(pool, [Self.files[0], failing]).migrate()
            }
            #expect(error?.sqlState?.rawValue == "22012")
            #expect(String(describing: error).contains("V0002__bad"))
            #expect(try await pool.rowCount("SELECT FROM pg_tables WHERE tablename = 'b'") == 0)
            #expect(try await migrator(pool).migrate() == ["V0002__second"])
        }
    }

    @Test("refuses a file that ends the transaction around it")
    func endsTransaction() async throws {
        try await withPool { pool async throws in
            for text in ["COMMIT", "COMMIT; BEGIN", "ROLLBACK; BEGIN"] {
                let file = Migration(version: 1, name: "ends", sql: Array(text.utf8))
                await #expect(throws: PostgresError.migrationRefused(.endsTransaction(name: "V0001__ends"))) {
                    try await migrator(pool, [file]).migrate()
                }
                #expect(try await migrator(pool, [file]).pending() == ["V0001__ends"])
            }
        }
    }

    @Test("refuses versions used twice, files out of order and names that are none")
    func invalidVersions() async throws {
        try await withPool { pool async throws in
            let again = Migration(version: 1, name: "again", sql: [])
            await #expect(throws: PostgresError.migrationRefused(.invalidVersion(1))) {
                try await migrator(pool, [Self.files[0], again]).migrate()
            }
            await #expect(throws: PostgresError.migrationRefused(.invalidVersion(0))) {
                try await migrator(pool, [Migration(file: "initial.sql", sql: [])]).migrate()
            }
            try await migrator(pool, [Self.files[1]].map { Migration(version: $0.version, name: $0.name, sql: []) })
                .migrate()
            await #expect(throws: PostgresError.migrationRefused(.outOfOrder(name: "V0001__initial"))) {
                try await migrator(pool, [Self.files[0]]).migrate()
            }
        }
    }

    @Test("a schema that the login may not make is named")
    func missingSchema() async throws {
        try await withPool { pool async throws in
            await #expect(throws: PostgresError.migrationRefused(.missingSchema("elsewhere"))) {
                try await Migrator(pool: pool, schema: "elsewhere", migrations: Self.files).migrate()
            }
        }
    }

    @Test("waiting for another replica ends when the task is cancelled, or when that replica is gone")
    func waitsForTheOther() async throws {
        try await withPool { pool async throws in
            let lock: SQL = "SELECT pg_advisory_xact_lock(hashtextextended('schema_migrations ' || 'issuer', 0))"
            let waiting: SQL = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            let survivor = try await pool.transaction { transaction in
                _ = try await transaction.query(lock)
                let cancelled = Task { try await migrator(pool).migrate() }
                let isWaiting = try await eventually { try await transaction.rowCount(waiting) == 1 }
                #expect(isWaiting)
                cancelled.cancel()
                await #expect(throws: PostgresError.cancelled) { try await cancelled.value }
                let isGone = try await eventually { try await transaction.rowCount(waiting) == 0 }
                #expect(isGone)
                let survivor = Task { try await migrator(pool).migrate() }
                let isWaitingAgain = try await eventually { try await transaction.rowCount(waiting) == 1 }
                #expect(isWaitingAgain)
                return survivor
            }
            #expect(try await survivor.value.count == 2)
        }
    }
}
