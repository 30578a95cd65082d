/// One entry of a ZIP file's central directory (APPNOTE 4.3.12).
struct ZIPDirectoryEntry {
    let path: String
    let isDeflated: Bool
    let checksum: UInt32
    let storedSize: Int
    let size: Int
    let localOffset: Int

    init(from reader: inout ByteReader) throws(PhoneRefusal) {
        guard try reader.uint32() == 0x0201_4b50 else { throw .notAPackage("its directory is damaged") }
        try reader.skip(4)
        let flags = try reader.uint16()
        let method = try reader.uint16()
        try reader.skip(4)
        checksum = UInt32(truncatingIfNeeded: try reader.uint32())
        storedSize = try reader.uint32()
        size = try reader.uint32()
        let nameLength = try reader.uint16()
        let extraLength = try reader.uint16()
        let commentLength = try reader.uint16()
        try reader.skip(8)
        localOffset = try reader.uint32()
        path = String(decoding: try reader.take(nameLength), as: UTF8.self)
        try reader.skip(extraLength + commentLength)
        guard flags & 1 == 0 else { throw .notAPackage("\(path) is encrypted") }
        guard method == 0 || method == 8 else { throw .notAPackage("\(path) has an unknown compression") }
        isDeflated = method == 8
    }
}
