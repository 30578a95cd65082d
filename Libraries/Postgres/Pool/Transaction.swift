import Synchronization

/// A transaction that runs; usable inside its closure only.
public struct Transaction: Sendable {
    let core: PoolCore
    let lease: Lease
    let sequel: Sequel

    /// What is to be done once a transaction is committed.
    final class Sequel: Sendable {
        private let steps = Mutex<[@Sendable () -> Void]>([])

        func add(_ step: @escaping @Sendable () -> Void) {
            steps.withLock { $0.append(step) }
        }

        func perform() {
            for step in steps.withLock({ $0 }) { step() }
        }
    }

    /// Runs a statement and returns its rows.
    public func query(_ statement: SQL) async throws(PostgresError) -> [Row] {
        try await core.run(step: statement, on: lease).rows
    }

    /// Runs a statement and returns how many rows it affected.
    @discardableResult
    public func execute(_ statement: SQL) async throws(PostgresError) -> Int {
        try await core.run(step: statement, on: lease).affectedRows
    }

    /// Has the closure called once all of this is committed, and never when it is not known to be.
    public func afterCommit(_ step: @escaping @Sendable () -> Void) {
        sequel.add(step)
    }
}
