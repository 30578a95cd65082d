import CPostgres

/// How a pool reaches its database.
public struct PostgresConfiguration: Sendable {
    /// A connection URI or key words and values, as libpq reads them; holds the password.
    public var url: String
    /// Connections that the pool keeps.
    public var size: Int
    /// The name shown in `pg_stat_activity`.
    public var applicationName: String
    /// The schema that names without one are looked up in; nil leaves it to the login.
    public var schema: String?
    /// How long the server lets a statement run.
    public var statementTimeout: Duration
    /// How long a statement waits for a lock.
    public var lockTimeout: Duration
    /// How long a transaction may stay without a statement before the server ends its session.
    public var idleInTransactionTimeout: Duration
    /// How long connecting may take.
    public var connectTimeout: Duration
    /// How long a statement or a transaction waits for a connection.
    public var acquireTimeout: Duration
    /// How many statements and transactions may wait for a connection.
    public var maximumWaiting: Int
    /// How many statements may be on their way on one connection.
    public var maximumPipeline: Int
    /// How many prepared statements each connection keeps.
    public var maximumPreparedStatements: Int
    /// How long the server's plans are kept before it makes them anew for what tables hold then.
    public var planLifetime: Duration
    /// The pauses between attempts to connect.
    public var backoff: PostgresBackoff

    /// Makes a configuration.
    public init(
        url: String, size: Int = 4, applicationName: String = "wallet", schema: String? = nil,
        statementTimeout: Duration = .seconds(10), lockTimeout: Duration = .seconds(5),
        idleInTransactionTimeout: Duration = .seconds(20), connectTimeout: Duration = .seconds(5),
        acquireTimeout: Duration = .seconds(5), maximumWaiting: Int = 4096, maximumPipeline: Int = 64,
        maximumPreparedStatements: Int = 256, planLifetime: Duration = .seconds(5),
        backoff: PostgresBackoff = PostgresBackoff()
    ) {
        self.url = url
        self.size = max(1, size)
        self.applicationName = applicationName
        self.schema = schema
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
        self.idleInTransactionTimeout = idleInTransactionTimeout
        self.connectTimeout = connectTimeout
        self.acquireTimeout = acquireTimeout
        self.maximumWaiting = max(1, maximumWaiting)
        self.maximumPipeline = max(1, maximumPipeline)
        self.maximumPreparedStatements = max(1, maximumPreparedStatements)
        self.planLifetime = planLifetime
        self.backoff = backoff
    }

    /// True when libpq can read the URL; says nothing about the server.
    public static func isValid(url: String) -> Bool {
        guard let options = PQconninfoParse(url, nil) else { return false }
        PQconninfoFree(options)
        return true
    }
}

extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Leaves the URL out: it holds the password.
    public var description: String { "PostgresConfiguration(\(applicationName), \(size) connections)" }

    /// The same as the description.
    public var debugDescription: String { description }

    /// Shows the description alone.
    public var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)](), displayStyle: .struct) }
}
