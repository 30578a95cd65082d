import Postgres
import Support
import Testing

/// Each service has its audit log in its own schema, by a migration of its own.
@Suite("The audit logs of the four services")
struct AuditTablesTests {
    @Test("have the same columns, the same guards and the same indexes")
    func alike() async throws {
        let database = try await TestDatabase.make()
        try await database.migrateAll()
        try await PostgresPool.using(database.superuserURL, .test(size: 1)) { pool in
            var definitions: Set<String> = []
            for login in PostgresLogin.allCases {
                let definition = try await Self.definition(in: login.schema, pool)
                #expect(definition.contains("BEFORE TRUNCATE") && definition.contains("BEFORE DELETE OR UPDATE"))
                definitions.insert(definition)
            }
            #expect(definitions.count == 1, "\(definitions)")
        }
    }

    /// All that makes up the audit log of a schema, the schema's name apart.
    private static func definition(in schema: String, _ pool: PostgresPool) async throws -> String {
        try await pool.query(
            """
            SELECT replace(string_agg(part, E'\\n' ORDER BY part), \(schema) || '.', '') FROM (
                SELECT column_name || ' ' || data_type || ' ' || is_nullable || ' ' || is_identity
                FROM information_schema.columns WHERE table_schema = \(schema) AND table_name = 'audit_log'
                UNION ALL
                SELECT pg_get_indexdef(indexrelid) FROM pg_index
                WHERE indrelid = (\(schema) || '.audit_log')::regclass
                UNION ALL
                SELECT pg_get_triggerdef(oid) FROM pg_trigger
                WHERE tgrelid = (\(schema) || '.audit_log')::regclass
                UNION ALL
                SELECT prosrc FROM pg_proc
                WHERE proname = 'guard_audit_log' AND pronamespace = \(schema)::regnamespace
            ) AS parts (part)
            """
        ).only().decode(String.self)
    }
}
