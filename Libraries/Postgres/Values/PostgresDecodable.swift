/// A value that can be read from a row, out of the binary form of its data type.
///
/// A type with a raw value that is decodable needs the conformance alone: `extension SerialNumber: PostgresDecodable {}`.
public protocol PostgresDecodable: Sendable {
    /// Reads a value; throws `PostgresError.decoding` (see `PostgresCell.mismatch`) for NULL and for other types.
    init(postgres cell: PostgresCell) throws(PostgresError)

    /// Reads an array of such values.
    static func decodeArray(postgres cell: PostgresCell) throws(PostgresError) -> [Self]
}

extension PostgresDecodable {
    /// Reads a one-dimensional array.
    @inlinable
    public static func decodeArray(postgres cell: PostgresCell) throws(PostgresError) -> [Self] {
        let cells = try elements(of: cell)
        var values: [Self] = []
        values.reserveCapacity(cells.count)
        for cell in cells { values.append(try Self(postgres: cell)) }
        return values
    }

    @usableFromInline
    static func elements(of cell: PostgresCell) throws(PostgresError) -> [PostgresCell] {
        try cell.elements(as: "[\(Self.self)]")
    }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    /// Reads the raw value; throws if it is not one of the type's.
    @inlinable
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        guard let value = Self(rawValue: try RawValue(postgres: cell)) else { throw cell.mismatch("\(Self.self)") }
        self = value
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Reads NULL as nil.
    @inlinable
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        self = cell.isNull ? nil : try Wrapped(postgres: cell)
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// Reads an array; bytes from `bytea`.
    @inlinable
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        self = try Element.decodeArray(postgres: cell)
    }
}
