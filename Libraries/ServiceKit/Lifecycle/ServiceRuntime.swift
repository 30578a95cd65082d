import HTTPClient
import Postgres
import Tracing

/// What a service is given to work with.
public struct ServiceRuntime: Sendable {
    /// Writes log lines.
    public let logger: Logger
    /// Takes the service's metrics.
    public let metrics: Metrics
    /// The service's database; started, and perhaps unreachable.
    public let database: PostgresPool
    /// Calls other servers.
    public let httpClient: HTTPClient
    /// Begins traces of work that no request waits for.
    public let tracer: Tracer

    /// Puts a runtime together; tests make their own.
    public init(
        logger: Logger, metrics: Metrics, database: PostgresPool, httpClient: HTTPClient, tracer: Tracer = .off
    ) {
        self.logger = logger
        self.metrics = metrics
        self.database = database
        self.httpClient = httpClient
        self.tracer = tracer
    }
}
