import Postgres
import Support
import Testing

@Suite("The services' logins")
struct PostgresRolesTests {
    private static let guarded = "guarded"

    @Test(
        "no login, an owner's neither, reads, writes or makes anything in another's schema, in public or elsewhere",
        arguments: PostgresLogin.allCases, [true, false])
    func separation(login: PostgresLogin, isOwner: Bool) async throws {
        let database = try await TestDatabase.make()
        for other in PostgresLogin.allCases {
            try await PostgresPool.using(database.ownerURL(for: other), .test(size: 1)) { pool in
                try await pool.execute("CREATE TABLE \(identifier: Self.guarded) (n bigint)")
            }
        }
        let url = isOwner ? database.ownerURL(for: login) : database.url(for: login)
        try await PostgresPool.using(url, .test(size: 1)) { pool in
            // The search path of the login finds its own table.
            #expect(try await pool.rowCount("SELECT n FROM \(identifier: Self.guarded)") == 0)
            for other in PostgresLogin.allCases where other != login {
                try await pool.refuses([
                    "SELECT n FROM \(identifier: other.schema).\(identifier: Self.guarded)",
                    "INSERT INTO \(identifier: other.schema).\(identifier: Self.guarded) VALUES (1)",
                    "DROP TABLE \(identifier: other.schema).\(identifier: Self.guarded)",
                    "CREATE TABLE \(identifier: other.schema).intruder (n bigint)",
                ])
            }
            try await pool.refuses([
                "CREATE TABLE public.intruder (n bigint)", "CREATE SCHEMA intruder",
                "CREATE TEMPORARY TABLE intruder ()", "CREATE ROLE intruder", "SET ROLE postgres",
            ])
        }
    }

    @Test(
        "a service's own login has the rows of what its owner makes, at once, and nothing else of it",
        arguments: PostgresLogin.allCases)
    func rows(login: PostgresLogin) async throws {
        let database = try await TestDatabase.make()
        try await PostgresPool.using(database.ownerURL(for: login), .test(size: 1)) { owner in
            try await owner.execute("CREATE TABLE a (n bigint PRIMARY KEY)")
            try await owner.execute("CREATE VIEW all_of_a AS SELECT n FROM a")
            try await owner.execute("CREATE SEQUENCE numbers")
            try await owner.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        }
        try await PostgresPool.using(database.url(for: login), .test(size: 1)) { pool in
            #expect(try await pool.execute("INSERT INTO a SELECT nextval('numbers') + one()") == 1)
            #expect(try await pool.execute("UPDATE a SET n = n + 1") == 1)
            #expect(try await pool.rowCount("SELECT n FROM all_of_a") == 1)
            #expect(try await pool.execute("DELETE FROM a") == 1)
            try await pool.refuses([
                "TRUNCATE a", "DROP TABLE a", "ALTER TABLE a ADD m text", "CREATE INDEX ON a (n)",
                "CREATE TABLE b (n bigint REFERENCES a)", "CREATE TABLE b ()", "DROP VIEW all_of_a",
                "DROP SEQUENCE numbers", "ALTER SEQUENCE numbers RESTART", "DROP FUNCTION one()",
                "CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2'",
                "CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "DROP SCHEMA \(identifier: login.schema)",
                "CREATE TEMPORARY TABLE b ()",
            ])
        }
    }
}

extension PostgresPool {
    /// Expects that each of these statements is refused for want of rights.
    func refuses(_ statements: [SQL]) async throws {
        for statement in statements {
            let error = await #expect(throws: PostgresError.self, "\(statement.text)") { try await execute(statement) }
            #expect(error?.sqlState == .insufficientPrivilege, "\(statement.text): \(String(describing: error))")
        }
    }
}
