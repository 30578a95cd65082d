import JSON

extension String: PostgresEncodable {
    /// `text`.
    public static var postgresType: PostgresType { .text }
    /// `text[]`.
    public static var postgresArrayType: PostgresType { .textArray }

    /// Appends the UTF-8 bytes.
    public func encode(to encoder: inout PostgresEncoder) {
        encoder.append(utf8)
    }
}

extension Bool: PostgresEncodable {
    /// `bool`.
    public static var postgresType: PostgresType { .bool }
    /// `bool[]`.
    public static var postgresArrayType: PostgresType { .boolArray }

    /// Appends one byte.
    public func encode(to encoder: inout PostgresEncoder) {
        encoder.append(UInt8(self ? 1 : 0))
    }
}

extension Int: PostgresEncodable {
    /// `bigint`.
    public static var postgresType: PostgresType { .int8 }
    /// `bigint[]`.
    public static var postgresArrayType: PostgresType { .int8Array }

    /// Appends eight bytes.
    public func encode(to encoder: inout PostgresEncoder) {
        encoder.append(Int64(self))
    }
}

extension Int64: PostgresEncodable {
    /// `bigint`.
    public static var postgresType: PostgresType { .int8 }
    /// `bigint[]`.
    public static var postgresArrayType: PostgresType { .int8Array }

    /// Appends eight bytes.
    public func encode(to encoder: inout PostgresEncoder) {
        encoder.append(self)
    }
}

extension Int32: PostgresEncodable {
    /// `integer`.
    public static var postgresType: PostgresType { .int4 }
    /// `integer[]`.
    public static var postgresArrayType: PostgresType { .int4Array }

    /// Appends four bytes.
    public func encode(to encoder: inout PostgresEncoder) {
        encoder.append(self)
    }
}

extension Double: PostgresEncodable {
    /// `double precision`.
    public static var postgresType: PostgresType { .float8 }
    /// `double precision[]`.
    public static var postgresArrayType: PostgresType { .float8Array }

    /// Appends the IEEE 754 bits.
    public func encode(to encoder: inout PostgresEncoder) {
        encoder.append(bitPattern)
    }
}

extension UInt8: PostgresEncodable {
    /// `smallint`: the smallest type of PostgreSQL that holds every byte.
    public static var postgresType: PostgresType { .int2 }
    /// `bytea`, not an array of numbers.
    public static var postgresArrayType: PostgresType { .bytea }

    /// Appends two bytes.
    public func encode(to encoder: inout PostgresEncoder) {
        encoder.append(Int16(self))
    }

    /// Appends the bytes as they are.
    public static func encode(array: [UInt8], to encoder: inout PostgresEncoder) {
        encoder.append(array)
    }
}

extension PostgresTimestamp: PostgresEncodable {
    /// `timestamptz`.
    public static var postgresType: PostgresType { .timestamptz }
    /// `timestamptz[]`.
    public static var postgresArrayType: PostgresType { .timestamptzArray }

    /// Appends microseconds since 2000.
    public func encode(to encoder: inout PostgresEncoder) {
        encoder.append(microseconds &- Self.epochOffset)
    }
}

extension JSONValue: PostgresEncodable {
    /// `jsonb`.
    public static var postgresType: PostgresType { .jsonb }
    /// `jsonb[]`.
    public static var postgresArrayType: PostgresType { .jsonbArray }

    /// Appends the version of jsonb's binary form, and the text.
    public func encode(to encoder: inout PostgresEncoder) {
        encoder.append(UInt8(1))
        encoder.append(serialized())
    }
}
