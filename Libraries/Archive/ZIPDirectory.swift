/// The directory at the end of an archive (APPNOTE §4.3.12, §4.3.16).
struct ZIPDirectory {
    /// One entry as the directory has it, nothing of it checked against the file itself.
    struct Entry {
        let path: String
        /// The path as it stands there, for the comparison with the file's own header.
        let name: ArraySlice<UInt8>
        let flags: Int
        let method: Int
        let crc32: UInt32
        let packedSize: Int
        let size: Int
        let localOffset: Int
        /// Who made it, and the permissions that it wrote.
        let system: Int
        let attributes: Int

        /// Whether it names a folder and nothing else.
        var isDirectory: Bool { path.hasSuffix("/") }

        /// Whether it is a link, device or socket of a Unix file system.
        var isSpecial: Bool {
            let type = attributes >> 16 & 0xF000
            return (system == 3 || system == 19) && ![0, 0x8000, 0x4000].contains(type)
        }
    }

    let entries: [Entry]
    /// Where the directory begins: no file reaches beyond.
    let start: Int

    private static let endSignature = 0x0605_4B50
    private static let entrySignature = 0x0201_4B50

    /// Reads the directory.
    init(_ bytes: [UInt8], limits: ZIPLimits) throws(ZIPReadError) {
        let end = try Self.end(of: bytes)
        guard end.count <= limits.files else { throw .tooManyFiles(limit: limits.files) }
        start = end.start
        var cursor = ByteCursor(bytes, at: end.start)
        var entries: [Entry] = []
        entries.reserveCapacity(end.count)
        for _ in 0..<end.count {
            entries.append(try Self.entry(&cursor))
            guard cursor.index <= end.start + end.length else { throw .damaged("its directory is longer than it says") }
        }
        // Another reader might go on where this one ends: both must see the same files.
        guard cursor.index == end.start + end.length else { throw .damaged("its directory holds more than it says") }
        self.entries = entries
    }

    private static func end(of bytes: [UInt8]) throws(ZIPReadError) -> (start: Int, length: Int, count: Int) {
        // The record is 22 bytes and a comment of at most 65,535, which reaches to the end.
        var offset = bytes.count - 22
        while offset >= 0, offset >= bytes.count - 22 - 0xFFFF {
            defer { offset -= 1 }
            guard bytes[offset] == 0x50, bytes[offset + 1] == 0x4B else { continue }
            var cursor = ByteCursor(bytes, at: offset)
            guard try cursor.uint32() == endSignature else { continue }
            let (disk, directoryDisk) = (try cursor.uint16(), try cursor.uint16())
            let (onThisDisk, count) = (try cursor.uint16(), try cursor.uint16())
            let (length, start) = (try cursor.uint32(), try cursor.uint32())
            guard try cursor.uint16() == bytes.count - offset - 22 else { continue }
            guard count != 0xFFFF, length != 0xFFFF_FFFF, start != 0xFFFF_FFFF else { throw .unsupported("ZIP64") }
            guard disk == 0, directoryDisk == 0, onThisDisk == count else { throw .unsupported("several volumes") }
            guard start + length <= offset else { throw .damaged("its directory lies beyond its end") }
            return (start, length, count)
        }
        throw .notAnArchive
    }

    private static func entry(_ cursor: inout ByteCursor) throws(ZIPReadError) -> Entry {
        guard try cursor.uint32() == entrySignature else { throw .damaged("its directory has a broken entry") }
        let system = try cursor.uint16() >> 8
        try cursor.skip(2)
        let (flags, method) = (try cursor.uint16(), try cursor.uint16())
        try cursor.skip(4)
        let crc32 = UInt32(truncatingIfNeeded: try cursor.uint32())
        let (packedSize, size) = (try cursor.uint32(), try cursor.uint32())
        let (nameLength, extraLength) = (try cursor.uint16(), try cursor.uint16())
        let commentLength = try cursor.uint16()
        let disk = try cursor.uint16()
        try cursor.skip(2)
        let (attributes, localOffset) = (try cursor.uint32(), try cursor.uint32())
        let name = try cursor.take(nameLength)
        try cursor.skip(extraLength + commentLength)
        guard ![packedSize, size, localOffset].contains(0xFFFF_FFFF) else { throw .unsupported("ZIP64") }
        guard disk == 0 else { throw .unsupported("several volumes") }
        return Entry(
            path: ZIPPath.text(of: name), name: name, flags: flags, method: method, crc32: crc32,
            packedSize: packedSize, size: size, localOffset: localOffset, system: system, attributes: attributes)
    }
}
