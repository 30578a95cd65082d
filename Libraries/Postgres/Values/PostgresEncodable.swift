/// A value that can be bound to a statement, in the binary form of its data type.
///
/// A type with a raw value that is encodable needs the conformance alone: `extension SerialNumber: PostgresEncodable {}`.
public protocol PostgresEncodable: Sendable {
    /// The data type of the parameter.
    static var postgresType: PostgresType { get }

    /// The data type of an array of such values.
    static var postgresArrayType: PostgresType { get }

    /// Appends the binary form.
    func encode(to encoder: inout PostgresEncoder)

    /// Appends the binary form of an array of such values.
    static func encode(array: [Self], to encoder: inout PostgresEncoder)
}

extension PostgresEncodable {
    /// Appends the binary form of a one-dimensional array.
    public static func encode(array: [Self], to encoder: inout PostgresEncoder) {
        encoder.append(Int32(array.isEmpty ? 0 : 1))
        let flags = encoder.bytes.count
        encoder.append(Int32(0))
        encoder.append(postgresType.rawValue)
        guard !array.isEmpty else { return }
        encoder.append(Int32(truncatingIfNeeded: array.count))
        encoder.append(Int32(1))
        var hasNull = false
        for element in array where encoder.appendElement(element) { hasNull = true }
        if hasNull { encoder.bytes[flags + 3] = 1 }
    }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    /// The data type of the raw value.
    public static var postgresType: PostgresType { RawValue.postgresType }

    /// The array type of the raw value.
    public static var postgresArrayType: PostgresType { RawValue.postgresArrayType }

    /// Appends the raw value.
    public func encode(to encoder: inout PostgresEncoder) {
        rawValue.encode(to: &encoder)
    }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The data type of the wrapped value.
    public static var postgresType: PostgresType { Wrapped.postgresType }

    /// The array type of the wrapped value.
    public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }

    /// Appends the wrapped value, or makes the parameter NULL.
    public func encode(to encoder: inout PostgresEncoder) {
        switch self {
        case .some(let value): value.encode(to: &encoder)
        case .none: encoder.setNull()
        }
    }
}

extension Array: PostgresEncodable where Element: PostgresEncodable {
    /// The array type of the element; `bytea` for bytes.
    public static var postgresType: PostgresType { Element.postgresArrayType }

    /// `bytea[]` for arrays of bytes; PostgreSQL has no arrays of other arrays.
    public static var postgresArrayType: PostgresType {
        Element.postgresArrayType == .bytea ? .byteaArray : Element.postgresArrayType
    }

    /// Appends the array.
    public func encode(to encoder: inout PostgresEncoder) {
        Element.encode(array: self, to: &encoder)
    }
}
