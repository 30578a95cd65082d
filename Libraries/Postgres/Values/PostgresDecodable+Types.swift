import JSON

extension String: PostgresDecodable {
    /// Reads text, names, enums, `json` as its text, `uuid` and `numeric`.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        self = try cell.withBytes(as: "String") { bytes throws(PostgresError) in
            switch cell.type {
            case .uuid where bytes.count == 16:
                return String.uuid(bytes)
            case .numeric:
                guard let number = NumericText(bytes) else { throw cell.mismatch("String") }
                return number.text
            case let type where type.isText:
                guard let text = String(validating: bytes, as: UTF8.self) else { throw cell.mismatch("String") }
                return text
            default:
                throw cell.mismatch("String")
            }
        }
    }

    private static func uuid(_ bytes: UnsafeRawBufferPointer) -> String {
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return text
    }
}

extension Bool: PostgresDecodable {
    /// Reads `bool`.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        guard cell.type == .bool else { throw cell.mismatch("Bool") }
        self = try cell.integer(UInt8.self, as: "Bool") != 0
    }
}

extension Int64: PostgresDecodable {
    /// Reads every integer type, and `numeric` (what `sum(bigint)` gives) when it is a whole number in range.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        switch cell.type {
        case .int8: self = try cell.integer(Int64.self, as: "Int64")
        case .int4: self = Int64(try cell.integer(Int32.self, as: "Int64"))
        case .int2: self = Int64(try cell.integer(Int16.self, as: "Int64"))
        case .oid: self = Int64(try cell.integer(UInt32.self, as: "Int64"))
        case .numeric:
            self = try cell.withBytes(as: "Int64") { bytes throws(PostgresError) in
                guard let number = NumericText(bytes), let value = Int64(number.text) else {
                    throw cell.mismatch("Int64")
                }
                return value
            }
        default: throw cell.mismatch("Int64")
        }
    }
}

extension Int: PostgresDecodable {
    /// Reads what `Int64` reads.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        guard let value = Int(exactly: try Int64(postgres: cell)) else { throw cell.mismatch("Int") }
        self = value
    }
}

extension Int32: PostgresDecodable {
    /// Reads what `Int64` reads, when it fits.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        guard let value = Int32(exactly: try Int64(postgres: cell)) else { throw cell.mismatch("Int32") }
        self = value
    }
}

extension UInt8: PostgresDecodable {
    /// Reads what `Int64` reads, when it fits.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        guard let value = UInt8(exactly: try Int64(postgres: cell)) else { throw cell.mismatch("UInt8") }
        self = value
    }

    /// Reads `bytea`.
    public static func decodeArray(postgres cell: PostgresCell) throws(PostgresError) -> [UInt8] {
        guard cell.type == .bytea else { throw cell.mismatch("[UInt8]") }
        return try cell.withBytes(as: "[UInt8]") { bytes throws(PostgresError) in Array(bytes) }
    }
}

extension Double: PostgresDecodable {
    /// Reads `double precision`, `real` and `numeric`.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        switch cell.type {
        case .float8: self = Double(bitPattern: try cell.integer(UInt64.self, as: "Double"))
        case .float4: self = Double(Float(bitPattern: try cell.integer(UInt32.self, as: "Double")))
        case .numeric:
            self = try cell.withBytes(as: "Double") { bytes throws(PostgresError) in
                guard let number = NumericText(bytes), let value = Double(number.text) else {
                    throw cell.mismatch("Double")
                }
                return value
            }
        default: throw cell.mismatch("Double")
        }
    }
}

extension PostgresTimestamp: PostgresDecodable {
    /// Reads `timestamptz`; infinity is no instant.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        guard cell.type == .timestamptz else { throw cell.mismatch("PostgresTimestamp") }
        let stored = try cell.integer(Int64.self, as: "PostgresTimestamp")
        let (microseconds, isOut) = stored.addingReportingOverflow(Self.epochOffset)
        guard !isOut, stored != .min else { throw cell.mismatch("a finite PostgresTimestamp") }
        self.init(microseconds: microseconds)
    }
}

extension JSONValue: PostgresDecodable {
    /// Reads `jsonb` and `json`.
    public init(postgres cell: PostgresCell) throws(PostgresError) {
        self = try cell.withBytes(as: "JSONValue") { bytes throws(PostgresError) in
            let text: [UInt8]
            switch cell.type {
            case .jsonb where bytes.first == 1: text = Array(bytes.dropFirst())
            case .json: text = Array(bytes)
            default: throw cell.mismatch("JSONValue")
            }
            do throws(JSONError) { return try JSON.parse(text) } catch { throw cell.mismatch("JSONValue") }
        }
    }
}
