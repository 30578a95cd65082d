import Postgres

extension Metrics {
    /// Adds what a pool counts.
    func addDatabase(_ pool: PostgresPool) {
        let connections = gauge(
            "database_connections", help: "Connections by state: ready, in_transaction.", labels: ["state"])
        onRead {
            let statistics = pool.statistics
            connections.set(Double(statistics.connected), "ready")
            connections.set(Double(statistics.pinned), "in_transaction")
        }
        reading("database_waiting", help: "Statements and transactions that wait for a connection.") {
            Double(pool.statistics.waiting)
        }
        reading(
            "database_wait_seconds_total",
            help: "How long statements and transactions waited for a connection, added up.",
            isCounter: true
        ) {
            Double(pool.statistics.waitedNanoseconds) / 1_000_000_000
        }
        reading("database_statements_total", help: "Statements sent.", isCounter: true) {
            Double(pool.statistics.statements)
        }
        reading("database_batches_total", help: "Times that statements were sent together.", isCounter: true) {
            Double(pool.statistics.batches)
        }
        reading("database_prepared_statements_total", help: "Statements prepared.", isCounter: true) {
            Double(pool.statistics.prepared)
        }
        reading("database_connections_opened_total", help: "Connections made.", isCounter: true) {
            Double(pool.statistics.connections)
        }
    }
}
