import Postgres

extension PostgresPool {
    /// Returns when some session of this database waits for a lock.
    public func waitForLock() async throws {
        try await eventually("somebody to wait for a lock") {
            try await !query(
                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).isEmpty
        }
    }

    /// Runs a body while a transaction that has run a statement is open.
    /// - Parameter body: is handed what has the transaction commit, and may wait then for whom it holds up.
    public func holding(
        _ statement: SQL, _ body: (_ commit: @Sendable () async -> Void) async throws -> Void
    ) async throws {
        let gate = Gate()
        async let held: Void = {
            do {
                try await transaction { transaction in
                    _ = try await transaction.query(statement)
                    await gate.open()
                    await gate.waitForClose()
                }
            } catch {
                // Nobody waits for a transaction that has failed.
                await gate.open()
                throw error
            }
        }()
        await gate.waitForOpen()
        do {
            try await body { await gate.close() }
        } catch {
            await gate.close()
            throw error
        }
        await gate.close()
        try await held
    }
}
