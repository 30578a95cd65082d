/// Brings a schema to the state that this program needs.
///
/// Replicas that start at once wait for each other; `<schema>.schema_migrations` keeps what was applied.
public struct Migrator: Sendable {
    private let pool: PostgresPool
    private let schema: String
    private let migrations: [Migration]
    private let ownerFunctions: [String]

    /// Makes a migrator; the pool need not be started for `migrate`, which uses a connection of its own.
    ///
    /// - Parameter ownerFunctions: functions that do what only the owner may, for whoever may call them, as
    ///   `push.roll_results(date, date)`.
    public init(pool: PostgresPool, schema: String, migrations: [Migration], ownerFunctions: [String] = []) {
        self.ownerFunctions = ownerFunctions
        self.pool = pool
        self.schema = schema
        self.migrations = migrations.sorted { $0.version < $1.version }
    }

    /// Applies what is missing and returns its labels; none when there was nothing to do.
    ///
    /// A login that may not change the schema looks whether anything is missing, and throws
    /// `PostgresError.migrationRefused(.pending)` when it is.
    /// Throws `PostgresError.migrationRefused` when the database does not fit the files, `.migrationFailed` when a
    /// file fails (those before it stay applied), and `.unreachable`. Versions unknown to this program are left alone.
    @discardableResult
    public func migrate() async throws(PostgresError) -> [String] {
        try validate()
        let session = MigrationSession(
            configuration: pool.configuration, schema: schema, migrations: migrations, ownerFunctions: ownerFunctions,
            context: pool.core.context)
        typealias Outcome = Result<[String], PostgresError>
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Outcome, Never>) in
                let isStarted = WorkerThread.start { continuation.resume(returning: session.run()) }
                if !isStarted { continuation.resume(returning: .failure(.unreachable)) }
            }
        } onCancel: {
            session.cancel()
        }
        return try outcome.get()
    }

    /// The labels of the migrations that are not applied yet; uses the pool.
    public func pending() async throws(PostgresError) -> [String] {
        var applied: Set<Int> = []
        do throws(PostgresError) {
            for row in try await pool.query("SELECT version FROM \(identifier: schema).schema_migrations") {
                applied.insert(try row.decode("version"))
            }
        } catch {
            guard error.sqlState == .undefinedTable || error.sqlState == .invalidSchemaName else { throw error }
        }
        return migrations.filter { !applied.contains($0.version) }.map(\.label)
    }

    private func validate() throws(PostgresError) {
        var last = 0
        for migration in migrations {
            guard migration.version > last else { throw .migrationRefused(.invalidVersion(migration.version)) }
            last = migration.version
            guard !migration.sql.contains(0), String(validating: migration.sql, as: UTF8.self) != nil else {
                throw .migrationRefused(.unreadable(name: migration.label))
            }
        }
    }
}
