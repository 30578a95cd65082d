import HTTPTypes
import Postgres

extension Instant: PostgresEncodable {
    /// `timestamptz`.
    public static var postgresType: PostgresType { PostgresTimestamp.postgresType }
    /// `timestamptz[]`.
    public static var postgresArrayType: PostgresType { PostgresTimestamp.postgresArrayType }

    /// Appends the microseconds.
    public func encode(to encoder: inout PostgresEncoder) {
        PostgresTimestamp(microseconds: microseconds).encode(to: &encoder)
    }
}

extension Instant: PostgresDecodable {
    /// Reads a `timestamptz`.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        self.init(microseconds: try PostgresTimestamp(postgres: cell).microseconds)
    }
}
