import Synchronization

/// One run of the migrations on a connection of its own, on a thread that may wait.
final class MigrationSession: Sendable {
    private let connector: Connector
    private let schema: String
    private let migrations: [Migration]
    private let ownerFunctions: [String]
    private let isCancelled = Mutex(false)

    init(
        configuration: PostgresConfiguration, schema: String, migrations: [Migration], ownerFunctions: [String],
        context: ConnectionContext
    ) {
        connector = Connector(configuration: configuration, context: context, wake: WakeUp())
        self.schema = schema
        self.migrations = migrations
        self.ownerFunctions = ownerFunctions
    }

    func cancel() {
        isCancelled.withLock { $0 = true }
        connector.wake.signal()
    }

    func run() -> Result<[String], PostgresError> {
        switch connector.connect(whileWaiting: { isCancelled.withLock { $0 } }) {
        case .failed(let reason):
            if isCancelled.withLock({ $0 }) { return .failure(.cancelled) }
            connector.context.onEvent(.connectFailed(reason: reason))
            return .failure(.unreachable)
        case .ready(let connection):
            do throws(PostgresError) { return .success(try migrate(on: connection)) } catch { return .failure(error) }
        }
    }

    private func migrate(on connection: borrowing Connection) throws(PostgresError) -> [String] {
        guard try mayChangeSchema(on: connection) else {
            let pending = try missing(on: connection).map(\.migration.label)
            guard pending.isEmpty else { throw .migrationRefused(.pending(names: pending)) }
            return []
        }
        // Another replica may be at work for as long as it takes: no limit to that wait, which ends with its session.
        try runText("SET statement_timeout = 0; SET lock_timeout = 0", on: connection)
        try run("SELECT pg_advisory_lock(hashtextextended('schema_migrations ' || \(schema), 0))", on: connection)
        let lockTimeout = connector.configuration.lockTimeout.settingMilliseconds
        try runText("SET lock_timeout = \(lockTimeout); SET search_path = \(SQL.quoted(schema))", on: connection)
        try makeTable(on: connection)
        let missing = try missing(on: connection)
        for (migration, checksum) in missing { try apply(migration, checksum: checksum, on: connection) }
        for function in ownerFunctions { try giveOwnersRights(to: function, on: connection) }
        return missing.map(\.migration.label)
    }

    /// False when another login is the one that migrates; a schema that is not there yet may perhaps be made.
    private func mayChangeSchema(on connection: borrowing Connection) throws(PostgresError) -> Bool {
        let statement: SQL = """
            SELECT has_schema_privilege(oid, 'CREATE') AS may FROM pg_namespace WHERE nspname = \(schema)
            """
        return try run(statement, on: connection).rows.first?.decode("may") ?? true
    }

    private func makeTable(on connection: borrowing Connection) throws(PostgresError) {
        if try run("SELECT 1 FROM pg_namespace WHERE nspname = \(schema)", on: connection).rowCount == 0 {
            do throws(PostgresError) {
                try runText("CREATE SCHEMA \(SQL.quoted(schema))", on: connection)
            } catch {
                guard error.sqlState == .insufficientPrivilege else { throw error }
                throw .migrationRefused(.missingSchema(schema))
            }
        }
        try runText(
            """
            CREATE TABLE IF NOT EXISTS \(SQL.quoted(schema)).schema_migrations (
                version bigint PRIMARY KEY,
                name text NOT NULL,
                sha256 bytea NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            )
            """, on: connection)
        // A schema's default privileges give others what they have of every table.
        let grantees: SQL = """
            SELECT DISTINCT grantee::regrole::text AS name
            FROM pg_class c, aclexplode(c.relacl)
            WHERE c.oid = to_regclass(\(SQL.quoted(schema) + ".schema_migrations"))
                AND grantee NOT IN (0, c.relowner) AND privilege_type <> 'SELECT'
            """
        for row in try run(grantees, on: connection).rows {
            let name: String = try row.decode("name")
            try runText(
                "REVOKE INSERT, UPDATE, DELETE ON \(SQL.quoted(schema)).schema_migrations FROM \(name)", on: connection)
        }
    }

    /// Replacing a function takes this from it, so it is looked at each time.
    private func giveOwnersRights(to function: String, on connection: borrowing Connection) throws(PostgresError) {
        let statement: SQL = "SELECT prosecdef AS has FROM pg_proc WHERE oid = to_regprocedure(\(function))"
        guard let row = try run(statement, on: connection).rows.first, try row.decode("has") == false else { return }
        try runText(
            "ALTER FUNCTION \(function) SECURITY DEFINER SET search_path = \(SQL.quoted(schema)), pg_temp",
            on: connection)
    }

    /// What is to be applied; refuses files that differ from what was applied under their version.
    private func missing(
        on connection: borrowing Connection
    ) throws(PostgresError) -> [(migration: Migration, checksum: [UInt8])] {
        var applied: [Int: [UInt8]] = [:]
        let statement: SQL = "SELECT version, sha256 FROM \(identifier: schema).schema_migrations"
        do throws(PostgresError) {
            for row in try run(statement, on: connection).rows {
                let (version, checksum) = try row.decode(Int.self, [UInt8].self)
                applied[version] = checksum
            }
        } catch {
            // Nothing has been applied yet.
            guard error.sqlState == .undefinedTable else { throw error }
        }
        let sums: SQL = """
            SELECT array_agg(sha256(file) ORDER BY place) AS sums
            FROM unnest(\(migrations.map(\.sql))) WITH ORDINALITY AS files (file, place)
            """
        let checksums: [[UInt8]] = try run(sums, on: connection).rows.first?.decode("sums", as: [[UInt8]]?.self) ?? []
        let latest = applied.keys.max() ?? 0
        var missing: [(migration: Migration, checksum: [UInt8])] = []
        for (migration, checksum) in zip(migrations, checksums) {
            if let known = applied[migration.version] {
                guard known == checksum else { throw .migrationRefused(.changed(name: migration.label)) }
            } else if migration.version < latest {
                throw .migrationRefused(.outOfOrder(name: migration.label))
            } else {
                missing.append((migration, checksum))
            }
        }
        return missing
    }

    private func apply(
        _ migration: Migration, checksum: [UInt8], on connection: borrowing Connection
    ) throws(PostgresError) {
        try runText("BEGIN", on: connection)
        let transaction: SQL = "SELECT pg_current_xact_id()::text AS id"
        let before: String? = try run(transaction, on: connection).rows.first?.decode("id")
        do throws(PostgresError) {
            try runText(String(decoding: migration.sql, as: UTF8.self), on: connection)
        } catch {
            guard case .server(let fault) = error else { throw error }
            throw .migrationFailed(name: migration.label, fault: fault)
        }
        let after: String? = try run(transaction, on: connection).rows.first?.decode("id")
        guard before == after else { throw .migrationRefused(.endsTransaction(name: migration.label)) }
        let record: SQL = """
            INSERT INTO \(identifier: schema).schema_migrations (version, name, sha256)
            VALUES (\(migration.version), \(migration.name), \(checksum))
            """
        try run(record, on: connection)
        do throws(PostgresError) {
            try runText("COMMIT", on: connection)
        } catch {
            switch error {
            case .server(let fault): throw .migrationFailed(name: migration.label, fault: fault)
            // Asking again tells: the migration is recorded, or it was rolled back.
            case .unreachable: throw .outcomeUnknown
            default: throw error
            }
        }
    }

    @discardableResult
    private func run(_ statement: SQL, on connection: borrowing Connection) throws(PostgresError) -> ResultSet {
        guard connection.prepare("", statement) else { throw .unreachable }
        _ = try result(from: connection)
        guard connection.execute("", statement) else { throw .unreachable }
        return try result(from: connection)
    }

    /// Runs text that holds no values, perhaps of several statements.
    @discardableResult
    private func runText(_ text: String, on connection: borrowing Connection) throws(PostgresError) -> ResultSet {
        guard connection.sendSimple(text) else { throw .unreachable }
        return try result(from: connection)
    }

    private func result(from connection: borrowing Connection) throws(PostgresError) -> ResultSet {
        let results = connector.collect(from: connection, deadline: .max, isCancelled: { isCancelled.withLock { $0 } })
        guard let results, let last = results.last else {
            guard isCancelled.withLock({ $0 }) else { throw .unreachable }
            connection.cancel()
            throw .cancelled
        }
        if let fault = results.lazy.compactMap(\.fault).first {
            throw fault.endsSession ? .unreachable : .server(fault)
        }
        return last
    }
}
