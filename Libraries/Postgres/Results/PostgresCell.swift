/// One value of a row in its binary form.
public struct PostgresCell {
    // Keeps the bytes valid.
    private let owner: ResultSet
    private let bytes: UnsafeRawBufferPointer?

    /// The data type.
    public let type: PostgresType

    init(owner: ResultSet, bytes: UnsafeRawBufferPointer?, type: PostgresType) {
        self.owner = owner
        self.bytes = bytes
        self.type = type
    }

    /// True for NULL.
    public var isNull: Bool { bytes == nil }

    /// Gives the bytes for the time of the call; throws for NULL.
    func withBytes<T>(
        as expected: @autoclosure () -> String, _ body: (UnsafeRawBufferPointer) throws(PostgresError) -> T
    ) throws(PostgresError) -> T {
        guard let bytes else { throw mismatch(expected()) }
        let value = try body(bytes)
        withExtendedLifetime(owner) {}
        return value
    }

    /// The error for a value that is not what was asked for; `Row` adds the column's name.
    public func mismatch(_ expected: String) -> PostgresError {
        .decoding(column: "", expected: expected, found: isNull ? "NULL" : "type \(type.rawValue)")
    }

    /// An integer of exactly its width.
    func integer<I: FixedWidthInteger>(
        _: I.Type, as expected: String
    ) throws(PostgresError) -> I {
        try withBytes(as: expected) { bytes throws(PostgresError) in
            guard bytes.count == MemoryLayout<I>.size else { throw mismatch(expected) }
            return I(bigEndian: bytes.loadUnaligned(as: I.self))
        }
    }

    /// The elements of a one-dimensional array.
    func elements(as expected: @autoclosure () -> String) throws(PostgresError) -> [PostgresCell] {
        try withBytes(as: expected()) { bytes throws(PostgresError) in
            var reader = BinaryReader(bytes: bytes)
            guard let dimensions = reader.int32(), reader.int32() != nil, let element = reader.int32(),
                dimensions == 0 || dimensions == 1
            else { throw mismatch(expected()) }
            guard dimensions == 1 else { return [] }
            guard let count = reader.int32(), count >= 0, reader.int32() != nil else { throw mismatch(expected()) }
            let type = PostgresType(rawValue: UInt32(bitPattern: element))
            var cells: [PostgresCell] = []
            for _ in 0..<count {
                guard let length = reader.int32() else { throw mismatch(expected()) }
                if length < 0 {
                    cells.append(PostgresCell(owner: owner, bytes: nil, type: type))
                } else if let slice = reader.take(Int(length)) {
                    cells.append(PostgresCell(owner: owner, bytes: slice, type: type))
                } else {
                    throw mismatch(expected())
                }
            }
            return cells
        }
    }
}
