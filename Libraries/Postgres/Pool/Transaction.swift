/// A transaction that runs; usable inside its closure only.
public struct Transaction: Sendable {
    let core: PoolCore
    let lease: Lease

    /// Runs a statement and returns its rows.
    public func query(_ statement: SQL) async throws(PostgresError) -> [Row] {
        try await core.run(step: statement, on: lease).rows
    }

    /// Runs a statement and returns how many rows it affected.
    @discardableResult
    public func execute(_ statement: SQL) async throws(PostgresError) -> Int {
        try await core.run(step: statement, on: lease).affectedRows
    }
}
