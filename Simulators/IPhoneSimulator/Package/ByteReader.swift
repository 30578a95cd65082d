/// Little-endian fields of a ZIP file, read with every bound checked.
struct ByteReader {
    let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: [UInt8], at offset: Int) throws(PhoneRefusal) {
        guard offset >= 0, offset <= bytes.count else { throw .notAPackage("an offset points outside the file") }
        self.bytes = bytes[...]
        position = offset
    }

    mutating func uint16() throws(PhoneRefusal) -> Int {
        let field = try take(2)
        return Int(field[field.startIndex]) | Int(field[field.startIndex + 1]) << 8
    }

    mutating func uint32() throws(PhoneRefusal) -> Int {
        let low = try uint16()
        return try low | uint16() << 16
    }

    mutating func skip(_ count: Int) throws(PhoneRefusal) {
        _ = try take(count)
    }

    mutating func take(_ count: Int) throws(PhoneRefusal) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else { throw .notAPackage("the file ends too early") }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
