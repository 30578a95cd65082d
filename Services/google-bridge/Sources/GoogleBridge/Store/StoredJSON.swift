import JSON
import Postgres

/// JSON in a `json` column: the text stays as it is, numbers as they were written, where `jsonb` would rewrite them.
struct StoredJSON: PostgresEncodable, PostgresDecodable {
    let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }

    init(_ object: JSONObject) {
        value = .object(object)
    }

    init(postgres cell: PostgresCell) throws(PostgresError) {
        value = try JSONValue(postgres: cell)
    }

    /// The object it is; the columns that hold objects hold nothing else.
    var object: JSONObject { value.objectValue ?? JSONObject() }

    static let postgresType = PostgresType.json
    static let postgresArrayType = PostgresType(rawValue: 199)

    func encode(to encoder: inout PostgresEncoder) {
        encoder.append(value.serialized())
    }
}
