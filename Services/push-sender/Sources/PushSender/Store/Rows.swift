import Postgres

extension [Row] {
    /// The row of a statement that always has exactly one.
    func only() throws(PostgresError) -> Row {
        guard count == 1, let row = first else {
            throw .decoding(column: "*", expected: "one row", found: "\(count)")
        }
        return row
    }
}

extension Duration {
    /// The duration as an `interval` is written.
    var interval: String { "\(microseconds) microseconds" }
}
