import Postgres

extension PostgresPool {
    /// A started pool on a URL; the caller closes it.
    public static func started(
        _ url: String, size: Int = 4, events: @escaping @Sendable (PostgresEvent) -> Void = { _ in },
        _ change: (inout PostgresConfiguration) -> Void = { _ in }
    ) -> PostgresPool {
        var configuration = PostgresConfiguration(url: url, size: size)
        change(&configuration)
        let pool = PostgresPool(configuration: configuration, onEvent: events)
        pool.start()
        return pool
    }

    /// A started pool for the time of the closure.
    @discardableResult
    public static func using<T>(
        _ url: String, size: Int = 4, _ change: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresPool) async throws -> T
    ) async throws -> T {
        let pool = started(url, size: size, change)
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
public func eventually(within limit: Duration = .seconds(20), _ condition: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        // A cancelled sleep returns at once, and the deadline ends the loop all the same.
        try? await Task.sleep(for: .milliseconds(5))
    }
    return try await condition()
}
