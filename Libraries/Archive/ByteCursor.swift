/// Reads little-endian numbers and never beyond the end.
struct ByteCursor {
    let bytes: [UInt8]
    var index: Int

    /// Begins at a place, which may be anywhere.
    init(_ bytes: [UInt8], at index: Int) {
        self.bytes = bytes
        self.index = index
    }

    mutating func uint16() throws(ZIPReadError) -> Int {
        let slice = try take(2)
        return slice.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func uint32() throws(ZIPReadError) -> Int {
        let slice = try take(4)
        return slice.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func skip(_ count: Int) throws(ZIPReadError) {
        _ = try take(count)
    }

    mutating func take(_ count: Int) throws(ZIPReadError) -> ArraySlice<UInt8> {
        guard index >= 0, count >= 0, index <= bytes.count, count <= bytes.count - index else {
            throw .damaged("it ends in the middle of a record")
        }
        defer { index += count }
        return bytes[index..<(index + count)]
    }
}
