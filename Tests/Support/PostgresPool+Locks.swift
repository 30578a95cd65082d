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
}
