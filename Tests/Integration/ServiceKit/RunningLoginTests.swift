import Postgres
import PushSender
import ServiceKit
import Support
import Testing

/// What the four services' logins may do in the schemas as they are migrated.
@Suite("A service's running login")
struct RunningLoginTests {
    private static func tables(of login: PostgresLogin, _ pool: PostgresPool) async throws -> [String] {
        try await pool.query(
            """
            SELECT relname AS name FROM pg_class
            WHERE relnamespace = \(login.schema)::regnamespace AND relkind IN ('r', 'p') ORDER BY 1
            """
        ).map { try $0.decode("name") }
    }

    @Test("alters, empties, drops and indexes none of its tables, and reads none of another's")
    func tables() async throws {
        let database = try await TestDatabase.make()
        try await database.migrateAll()
        for login in PostgresLogin.allCases {
            try await PostgresPool.using(database.url(for: login), .test(size: 1)) { pool in
                let own = try await Self.tables(of: login, pool)
                #expect(own.count > 3)
                for table in own {
                    _ = try await pool.query("SELECT count(*) FROM \(identifier: table)")
                    try await pool.refuses([
                        "ALTER TABLE \(identifier: table) ADD intruder text", "TRUNCATE \(identifier: table)",
                        "DROP TABLE \(identifier: table)", "CREATE INDEX ON \(identifier: table) ((1))",
                    ])
                }
                for other in PostgresLogin.allCases where other != login {
                    for table in try await Self.tables(of: other, pool) {
                        try await pool.refuses(["SELECT FROM \(identifier: other.schema).\(identifier: table)"])
                    }
                }
            }
        }
    }

    @Test("reads what has been migrated, and can't say otherwise") func record() async throws {
        let database = try await TestDatabase.make()
        try await database.migrateAll()
        for login in PostgresLogin.allCases {
            try await PostgresPool.using(database.url(for: login), .test(size: 1)) { pool in
                #expect(try await pool.rowCount("SELECT version FROM schema_migrations") > 0)
                try await pool.refuses([
                    "INSERT INTO schema_migrations (version, name, sha256) VALUES (9999, 'x', '')",
                    "UPDATE schema_migrations SET name = 'x'", "DELETE FROM schema_migrations",
                ])
            }
        }
    }

    @Test("makes and drops the days of push results through the one function that may") func partitions() async throws {
        let database = try await TestDatabase.make()
        try await database.migrateAll()
        try await PostgresPool.using(database.url(for: .pushSender), .test(size: 1)) { pool in
            try await pool.execute("SELECT push.roll_results('2026-01-01', '2026-01-01')")
            // What the owner's function made is the service's to write in, and no more.
            _ = try await pool.query("SELECT count(*) FROM results_20260101")
            try await pool.refuses(["DROP TABLE results_20260101", "DROP FUNCTION push.roll_results(date, date)"])
            try await pool.execute("SELECT push.roll_results('2026-03-01', '2026-02-01')")
            #expect(try await pool.rowCount("SELECT FROM pg_class WHERE relname = 'results_20260101'") == 0)
        }
    }

    @Test("a database in which each service owned its tables is brought to two logins, with its rows, while it is used")
    func update() async throws {
        let database = try await TestDatabase.make(roles: Checkout.path + "/Tests/Fixtures/postgres/roles-0.1.0.sql")
        try await PostgresPool.using(database.url(for: .pushSender), .test(size: 2)) { service in
            let migrator = Migrator(pool: service, schema: "push", migrations: PushSenderService.migrations)
            try await migrator.migrate()
            try await service.execute("SELECT push.topic_of('pass.example.old')")
            // As a service in the midst of a transaction: the update waits for it, and it for nobody.
            async let update: Void = database.updateRoles()
            try await service.transaction { transaction in
                for _ in 0..<50 {
                    _ = try await transaction.query("SELECT topic FROM push.topics FOR UPDATE")
                    _ = try await transaction.query("SELECT count(*) FROM push.credentials")
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            try await update
            // The service of the earlier release goes on with the rows.
            #expect(try await service.rowCount("SELECT topic FROM push.topics") == 1)
            try await service.execute("UPDATE push.topics SET pass_type_identifier = 'pass.example.new'")
            try await service.refuses(["ALTER TABLE push.topics ADD intruder text", "CREATE TABLE push.intruder ()"])
            #expect(try await migrator.migrate() == [])
            try await service.refuses(["DELETE FROM push.schema_migrations"])
        }
        try await database.updateRoles()
        try await database.migrate(PushSenderService.self, as: .pushSender)
        try await database.change("ALTER TABLE push.topics ADD later text", as: .pushSender)
        try await PostgresPool.using(database.url(for: .pushSender), .test(size: 1)) { service in
            try await service.execute("SELECT push.roll_results('2026-01-01', '2026-01-01')")
        }
    }

    @Test("waits for the owner's migrations, says which are missing, and serves a schema that is newer")
    func waits() async throws {
        let database = try await TestDatabase.make()
        let files = PushSenderService.migrations
        try await PostgresPool.using(database.url(for: .pushSender), .test(size: 1)) { pool in
            let running = Migrator(pool: pool, schema: "push", migrations: files)
            await #expect(throws: PostgresError.migrationRefused(.pending(names: files.map(\.label)))) {
                try await running.migrate()
            }
            try await PostgresPool.using(database.ownerURL(for: .pushSender), .test(size: 1)) { owner in
                _ = try await Migrator(pool: owner, schema: "push", migrations: Array(files.prefix(2))).migrate()
                let rest = files.dropFirst(2).map(\.label)
                await #expect(throws: PostgresError.migrationRefused(.pending(names: rest))) {
                    try await running.migrate()
                }
                let newer = Migration(version: 9_999, name: "newer", sql: Array("SELECT 1".utf8))
                _ = try await Migrator(pool: owner, schema: "push", migrations: files + [newer]).migrate()
            }
            #expect(try await running.migrate() == [])
        }
    }
}
