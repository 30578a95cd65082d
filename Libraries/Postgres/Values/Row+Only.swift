extension [Row] {
    /// The row of a statement that always has exactly one.
    /// - Throws: ``PostgresError`` when there are others, or none.
    public func only() throws(PostgresError) -> Row {
        guard count == 1, let row = first else {
            throw .decoding(column: "*", expected: "one row", found: "\(count)")
        }
        return row
    }
}
