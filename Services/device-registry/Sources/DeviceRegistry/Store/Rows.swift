import Contracts
import Postgres

extension Row {
    /// A column that holds an identifier as it was stored.
    func identifier<Value: Identifier>(_ column: String) throws(PostgresError) -> Value {
        guard let value = Value(rawValue: try decode(column, as: String.self)) else {
            throw .decoding(column: column, expected: Value.rule, found: "something else")
        }
        return value
    }
}
