import HTTPTypes
import Postgres
import ServiceKit
import Support
import Testing

@Suite("What a service answers for an error of its database")
struct DatabaseProblemTests {
    @Test(
        "422 for U+0000, which PostgreSQL holds neither in a text nor in JSON",
        arguments: ["SELECT '\"\\u0000\"'::jsonb::text", "SELECT convert_from('\\x00'::bytea, 'UTF8')"] as [SQL])
    func nul(statement: SQL) async throws {
        let database = try await TestDatabase.make()
        try await PostgresPool.using(database.url(for: .passIssuer), .test(size: 1)) { pool in
            let error = await #expect(throws: PostgresError.self) { _ = try await pool.query(statement) }
            #expect(error.flatMap(Problem.init(database:))?.status == 422)
        }
    }
}
