/// One row of an answer.
public struct Row: Sendable {
    @usableFromInline let result: ResultSet
    @usableFromInline let index: Int32

    /// Decodes the column of this name.
    public func decode<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self) throws(PostgresError) -> T {
        let number = result.column(named: column)
        guard number >= 0 else { throw .decoding(column: column, expected: "a column", found: "none of that name") }
        return try decode(number)
    }

    /// Decodes the only column.
    public func decode<T: PostgresDecodable>(_ type: T.Type) throws(PostgresError) -> T {
        guard result.columnCount == 1 else {
            throw .decoding(column: "*", expected: "1 column", found: "\(result.columnCount)")
        }
        return try decode(0)
    }

    /// Decodes all columns in their order.
    // Inlinable, as is what it calls, so that reading a million rows looks nothing up by type.
    @inlinable
    public func decode<each T: PostgresDecodable>(
        _ types: repeat (each T).Type
    ) throws(PostgresError) -> (repeat each T) {
        var column: Int32 = -1
        var wanted: Int32 = 0
        for _ in repeat each types { wanted += 1 }
        guard wanted == result.columnCount else { throw mismatch(wanted) }
        func next<U: PostgresDecodable>(_: U.Type) throws(PostgresError) -> U {
            column += 1
            return try decode(column)
        }
        return (repeat try next(each types))
    }

    @inlinable
    func decode<T: PostgresDecodable>(_ column: Int32) throws(PostgresError) -> T {
        do throws(PostgresError) {
            return try T(postgres: result.cell(row: index, column: column))
        } catch {
            throw named(error, column)
        }
    }

    @usableFromInline
    func mismatch(_ wanted: Int32) -> PostgresError {
        .decoding(column: "*", expected: "\(wanted) columns", found: "\(result.columnCount)")
    }

    /// The error with the column's name.
    @usableFromInline
    func named(_ error: PostgresError, _ column: Int32) -> PostgresError {
        guard case .decoding(_, let expected, let found) = error else { return error }
        return .decoding(column: result.columnName(column), expected: expected, found: found)
    }
}
