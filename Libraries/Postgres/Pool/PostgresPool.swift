import Synchronization

/// A pool of connections to one database.
///
/// Each connection is owned by a thread of its own. Statements that wait are sent together in libpq's pipeline mode,
/// each in a transaction of its own, so that one that fails leaves its neighbours alone.
public final class PostgresPool: Sendable {
    /// The configuration that the pool was made with.
    public let configuration: PostgresConfiguration

    let core: PoolCore
    let listener: Listener

    /// Makes a pool; `start` connects it. `onEvent` is called on the pool's threads and must not block.
    public init(
        configuration: PostgresConfiguration, onEvent: @escaping @Sendable (PostgresEvent) -> Void = { _ in }
    ) {
        self.configuration = configuration
        core = PoolCore(configuration: configuration, onEvent: onEvent)
        listener = Listener(configuration: configuration, onEvent: onEvent)
    }

    deinit {
        core.beginClosing(deadline: 0)
        listener.close()
    }

    /// Starts the threads; they connect, and connect again whenever a connection is lost, until `close`.
    public func start() {
        core.start()
    }

    /// Refuses new work, lets what was accepted finish within the deadline, and closes the connections.
    public func close(deadline: Duration = .seconds(10)) async {
        listener.close()
        await core.close(deadline: deadline)
        await listener.ended()
    }

    /// Runs a statement and returns its rows.
    public func query(_ statement: SQL) async throws(PostgresError) -> [Row] {
        try await core.run(statement).rows
    }

    /// Runs a statement and returns how many rows it affected.
    @discardableResult
    public func execute(_ statement: SQL) async throws(PostgresError) -> Int {
        try await core.run(statement).affectedRows
    }

    /// Runs the closure in a transaction: committed when it returns, rolled back when it throws or its task is cancelled.
    ///
    /// Nothing is retried. A connection that is lost while committing throws `PostgresError.outcomeUnknown`; lost
    /// earlier, `.unreachable`: nothing was applied.
    public func transaction<T: Sendable>(
        isolation: Isolation = .readCommitted, _ body: @Sendable (Transaction) async throws -> T
    ) async throws -> T {
        let lease = try await core.acquire(isolation)
        let sequel = Transaction.Sequel()
        let value: T
        do {
            value = try await body(Transaction(core: core, lease: lease, sequel: sequel))
            if Task.isCancelled { throw PostgresError.cancelled }
        } catch {
            await core.rollBack(lease)
            throw error
        }
        try await core.commit(lease)
        sequel.perform()
        return value
    }

    /// Listens to a channel on a connection of the pool's own, from now until the stream is dropped.
    ///
    /// `.missed` comes first, and again after each interruption: read the state then, for notifications may be lost.
    public func listen(_ channel: String) -> AsyncStream<PostgresNotification> {
        listener.listen(channel)
    }

    /// Asks the server for an answer, within the limits of the configuration.
    public func isReachable() async -> Bool {
        do throws(PostgresError) {
            return try await query("SELECT 1").count == 1
        } catch {
            return false
        }
    }

    /// Counts and state.
    public var statistics: PostgresStatistics { core.statistics }
}
