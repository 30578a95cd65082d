import Postgres

/// `<service> migrate`: applies what is missing, once; needs the database and no other setting.
struct MigrationCommand<S: Service> {
    private let logger: Logger
    private let migrator: Migrator

    init(settings: MigrationSettings, sink: LogSink = .standardOutput) {
        logger = Logger(service: S.name, level: settings.logLevel, format: settings.logFormat, sink: sink)
        let events = DatabaseEvents(logger: logger)
        // Never started: a migrator has a connection of its own.
        let pool = PostgresPool(
            configuration: PostgresConfiguration(
                url: settings.databaseURL.value, size: 1, applicationName: S.name, schema: S.schema),
            onEvent: { events.record($0) })
        migrator = Migrator(pool: pool, schema: S.schema, migrations: S.migrations, ownerFunctions: S.ownerFunctions)
    }

    func run() async -> Int32 {
        do throws(PostgresError) {
            let applied = try await migrator.migrate()
            SchemaPreparation.log(applied, logger)
            if applied.isEmpty { logger.info("There is no migration to apply.") }
            return ExitStatus.success
        } catch {
            logger.error("The migrations failed.", ["error": "\(error)"])
            return ExitStatus.failure
        }
    }
}
