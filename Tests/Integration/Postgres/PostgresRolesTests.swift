import Postgres
import Support
import Testing

@Suite("The services' logins")
struct PostgresRolesTests {
    @Test(
        "no login reads, writes or makes anything in another's schema, in public or elsewhere",
        arguments: PostgresLogin.allCases)
    func separation(login: PostgresLogin) async throws {
        let database = try await SharedDatabase.value()
        // Of this case alone: two that make one table at once disturb each other.
        let guarded = "guarded_\(login.schema)"
        for other in PostgresLogin.allCases {
            try await PostgresPool.using(database.url(for: other), .test(size: 1)) { pool in
                try await pool.execute("CREATE TABLE IF NOT EXISTS \(identifier: guarded) (n bigint)")
            }
        }
        try await PostgresPool.using(database.url(for: login), .test(size: 1)) { pool in
            // The search path of the login finds its own table.
            #expect(try await pool.rowCount("SELECT n FROM \(identifier: guarded)") == 0)
            for other in PostgresLogin.allCases where other != login {
                let statements: [SQL] = [
                    "SELECT n FROM \(identifier: other.schema).\(identifier: guarded)",
                    "INSERT INTO \(identifier: other.schema).\(identifier: guarded) VALUES (1)",
                    "DROP TABLE \(identifier: other.schema).\(identifier: guarded)",
                    "CREATE TABLE \(identifier: other.schema).intruder (n bigint)",
                ]
                for statement in statements { try await refuses(statement, pool) }
            }
            let statements: [SQL] = [
                "CREATE TABLE public.intruder (n bigint)", "CREATE SCHEMA intruder",
                "CREATE TEMPORARY TABLE intruder ()",
                "CREATE ROLE intruder", "SET ROLE postgres",
            ]
            for statement in statements { try await refuses(statement, pool) }
        }
    }

    private func refuses(_ statement: SQL, _ pool: PostgresPool) async throws {
        let error = await #expect(throws: PostgresError.self) { try await pool.execute(statement) }
        #expect(error?.sqlState == .insufficientPrivilege, "\(statement.text)")
    }
}
