import JSON

/// JSON in a `json` column: the text stays as it is, numbers as they were written, where `jsonb` would rewrite them.
public struct StoredJSON: PostgresEncodable, PostgresDecodable {
    /// The value.
    public let value: JSONValue

    /// Takes a value.
    public init(_ value: JSONValue) {
        self.value = value
    }

    /// Takes an object.
    public init(_ object: JSONObject) {
        value = .object(object)
    }

    /// Reads `json`.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        value = try JSONValue(postgres: cell)
    }

    /// The object that it is; empty when it is none.
    public var object: JSONObject { value.objectValue ?? JSONObject() }

    /// `json`.
    public static var postgresType: PostgresType { .json }
    /// `json[]`.
    public static var postgresArrayType: PostgresType { .jsonArray }

    /// Appends the text.
    public func encode(to encoder: inout PostgresEncoder) {
        encoder.append(value.serialized())
    }
}
