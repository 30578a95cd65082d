import Glibc
import HTTPClient
import HTTPServer
import HTTPTypes
import Postgres
import Tracing

/// A service from the start of its process to the end.
struct ServiceProcess<S: Service> {
    /// What background work and the pool get after the last request.
    private static var aftermath: Duration { .seconds(5) }

    private let settings: ServiceSettings<S>
    private let logger: Logger
    private let runtime: ServiceRuntime
    private let migrator: Migrator
    /// Sends traces; nil when nobody wants them.
    private let exporter: SpanExporter?

    init(settings: ServiceSettings<S>, sink: LogSink = .standardOutput) {
        self.settings = settings
        let common = settings.common
        let startedAt = Instant.now()
        logger = Logger(service: S.name, level: common.logLevel, format: common.logFormat, sink: sink)
        let events = DatabaseEvents(logger: logger)
        let database = PostgresPool(
            configuration: PostgresConfiguration(
                url: common.databaseURL.value, size: common.databasePoolSize, applicationName: S.name, schema: S.schema),
            onEvent: { events.record($0) })
        let metrics = Metrics()
        metrics.addProcess(startedAt: startedAt)
        metrics.addDatabase(database)
        let instruments = SpanInstruments(metrics)
        let exporterLogger = logger
        exporter = common.tracing.map {
            SpanExporter(settings: $0, service: S.name, instruments: instruments, logger: exporterLogger)
        }
        runtime = ServiceRuntime(
            logger: logger, metrics: metrics, database: database,
            httpClient: HTTPClient(
                configuration: HTTPClientConfiguration(userAgent: "\(S.name)/\(ServiceVersion.current)")),
            tracer: exporter?.tracer ?? .off)
        migrator = Migrator(
            pool: database, schema: S.schema, migrations: S.migrations, ownerFunctions: S.ownerFunctions)
    }

    /// Runs a command of the service's own.
    func run(_ command: ServiceCommand<S.Configuration>) async -> Int32 {
        runtime.database.start()
        do {
            try await command.run(settings.own, runtime)
        } catch {
            logger.error("The command failed.", ["command": command.name, "error": "\(error)"])
            return ExitStatus.failure
        }
        await runtime.database.close(deadline: Self.aftermath)
        return ExitStatus.success
    }

    /// Serves until a signal or a failure.
    func serve(until signals: StopSignals) async -> Int32 {
        runtime.database.start()
        let readiness = Readiness()
        do {
            let service = try await S(configuration: settings.own, runtime: runtime)
            let listeners = makeListeners(service, readiness)
            try listeners.start(logger: logger)
            return await work(service, listeners, readiness, signals)
        } catch {
            logger.error("The service cannot start.", ["error": "\(error)"])
            return ExitStatus.failure
        }
    }

    private func makeListeners(_ service: S, _ readiness: Readiness) -> ServiceListeners {
        var routes = service.internalRoutes()
        HealthRoutes(
            readiness: readiness, database: runtime.database, metrics: runtime.metrics,
            openAPIDocument: S.openAPIDocument
        ).add(to: &routes)
        return ServiceListeners(
            settings: settings.common, publicRoutes: service.publicRoutes(), internalRoutes: routes, logger: logger,
            metrics: runtime.metrics, tracer: runtime.tracer)
    }

    private enum Ending: Sendable {
        case signal(Int32)
        case failed(String)
        case cancelled
    }

    private func work(
        _ service: S, _ listeners: ServiceListeners, _ readiness: Readiness, _ signals: StopSignals
    ) async -> Int32 {
        let schema = SchemaPreparation(service: S.name, migrator: migrator, readiness: readiness, logger: logger)
        let watchdog = StopWatchdog(logger: logger)
        let status = await withTaskGroup(of: Ending.self) { group in
            group.addTask { await signals.first().map(Ending.signal) ?? .cancelled }
            group.addTask { await Self.work(service, schema) }
            if let exporter {
                group.addTask {
                    await exporter.run()
                    return .cancelled
                }
            }
            let ending = await group.next()
            readiness.set(.stopping)
            let status = log(ending)
            watchdog.start(settings.common.shutdownDeadline + Self.aftermath * 3)
            await listeners.stop(deadline: settings.common.shutdownDeadline)
            group.cancelAll()
            return status
        }
        await exporter?.finish(within: Self.aftermath / 2)
        runtime.httpClient.shutdown()
        await runtime.database.close(deadline: Self.aftermath)
        watchdog.stop()
        logger.info("Stopped.", ["status": String(status)])
        return status
    }

    /// Migrates, then does the background work until it fails or is cancelled.
    private static func work(_ service: S, _ schema: SchemaPreparation) async -> Ending {
        do {
            try await schema.run()
            schema.logger.info("Ready.")
            try await service.run()
            // A service without background work, or with none left, goes on serving.
            while true { try await Task.sleep(for: .seconds(3_600)) }
        } catch {
            return Task.isCancelled ? .cancelled : .failed("\(error)")
        }
    }

    private func log(_ ending: Ending?) -> Int32 {
        switch ending {
        case .signal(let number):
            logger.info("Stopping.", ["signal": number == SIGINT ? "SIGINT" : "SIGTERM"])
            return ExitStatus.success
        case .failed(let reason):
            logger.error("The service failed and ends.", ["error": reason])
            return ExitStatus.failure
        case .cancelled, nil:
            return ExitStatus.failure
        }
    }
}
