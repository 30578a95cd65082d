import Contracts
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

extension Row {
    /// A column that holds an identifier as it was stored.
    func identifier<Value: Identifier>(_ column: String) throws(PostgresError) -> Value {
        guard let value = Value(rawValue: try decode(column, as: String.self)) else {
            throw .decoding(column: column, expected: Value.rule, found: "something else")
        }
        return value
    }
}
