import Postgres

extension PostgresConfiguration {
    /// The defaults with a number of connections, for `PostgresPool.started` and `using`, which set the URL.
    public static func test(size: Int) -> PostgresConfiguration {
        PostgresConfiguration(url: "", size: size)
    }

    /// This configuration with another value.
    public func with<Value>(_ setting: WritableKeyPath<PostgresConfiguration, Value>, _ value: Value) -> Self {
        var changed = self
        changed[keyPath: setting] = value
        return changed
    }
}

extension PostgresPool {
    /// A started pool on a URL; the caller closes it.
    public static func started(
        _ url: String, _ configuration: PostgresConfiguration = .test(size: 4),
        onEvent: @escaping @Sendable (PostgresEvent) -> Void = { _ in }
    ) -> PostgresPool {
        let pool = PostgresPool(configuration: configuration.with(\.url, url), onEvent: onEvent)
        pool.start()
        return pool
    }

    /// A started pool for the time of the closure.
    @discardableResult
    public static func using<T>(
        _ url: String, _ configuration: PostgresConfiguration = .test(size: 4),
        _ body: (PostgresPool) async throws -> T
    ) async throws -> T {
        let pool = started(url, configuration)
        do {
            let value = try await body(pool)
            await pool.close()
            return value
        } catch {
            await pool.close()
            throw error
        }
    }
}

extension PostgresPool {
    /// How many rows a statement returns.
    public func rowCount(_ statement: SQL) async throws -> Int {
        try await query(statement).count
    }
}

extension Transaction {
    /// How many rows a statement returns.
    public func rowCount(_ statement: SQL) async throws -> Int {
        try await query(statement).count
    }
}

/// Waits until the condition holds, looking again every few milliseconds; false when the deadline comes first.
public func eventually(
    within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        // A cancelled sleep returns at once, and the deadline ends the loop all the same.
        try? await Task.sleep(for: .milliseconds(5))
    }
    return try await condition()
}
