import JSON

/// The files of a ZIP archive, read as strictly as a phone that must not be tricked.
struct ZIPArchive {
    /// A file of the archive.
    struct File {
        let path: String
        let bytes: [UInt8]
    }

    /// In the order of the archive's directory.
    let files: [File]

    /// What all files together may unpack to; more is taken for a bomb.
    static let maximumSize = 64 << 20

    /// manifest.json, empty when there is none.
    var manifest: [UInt8] { files.first { $0.path == "manifest.json" }?.bytes ?? [] }

    /// pass.json of a package that was examined before.
    var passJSON: JSONValue {
        // What could not be read was never stored.
        (files.first { $0.path == "pass.json" }?.bytes).flatMap { try? JSON.parse($0) } ?? .null
    }

    private static let endSignature = 0x0605_4b50
    private static let directorySignature = 0x0201_4b50
    private static let localSignature = 0x0403_4b50

    init(_ bytes: [UInt8]) throws(PhoneRefusal) {
        let end = try Self.endOfDirectory(bytes)
        var reader = try ByteReader(bytes, at: end.offset)
        var files: [File] = []
        var paths: Set<String> = []
        var total = 0
        for _ in 0..<end.count {
            let entry = try ZIPDirectoryEntry(from: &reader)
            try Self.check(path: entry.path)
            guard paths.insert(entry.path).inserted else { throw .notAPackage("\(entry.path) is there twice") }
            total += entry.size
            guard total <= Self.maximumSize else { throw .notAPackage("the files unpack to more than a pass can be") }
            if entry.path.hasSuffix("/") { continue }
            files.append(File(path: entry.path, bytes: try Self.contents(of: entry, in: bytes)))
        }
        self.files = files
    }

    private static func endOfDirectory(_ bytes: [UInt8]) throws(PhoneRefusal) -> (offset: Int, count: Int) {
        // The record is 22 bytes and a comment of at most 65,535 (APPNOTE 4.3.16).
        let earliest = max(0, bytes.count - 22 - 0xFFFF)
        for offset in stride(from: bytes.count - 22, through: earliest, by: -1) where bytes[offset] == 0x50 {
            var reader = try ByteReader(bytes, at: offset)
            guard try reader.uint32() == endSignature else { continue }
            try reader.skip(6)
            let count = try reader.uint16()
            try reader.skip(4)
            let start = try reader.uint32()
            guard try reader.uint16() == bytes.count - offset - 22 else { continue }
            return (start, count)
        }
        throw .notAPackage("it is no ZIP file")
    }

    private static func check(path: String) throws(PhoneRefusal) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.isEmpty, !path.hasPrefix("/"), !path.contains("\\"), !parts.contains("..") else {
            throw .notAPackage("the path \(path) leaves the package")
        }
    }

    private static func contents(of entry: ZIPDirectoryEntry, in bytes: [UInt8]) throws(PhoneRefusal) -> [UInt8] {
        var reader = try ByteReader(bytes, at: entry.localOffset)
        guard try reader.uint32() == localSignature else {
            throw .notAPackage("\(entry.path) is not where it should be")
        }
        try reader.skip(22)
        let nameLength = try reader.uint16()
        let extraLength = try reader.uint16()
        guard try String(decoding: reader.take(nameLength), as: UTF8.self) == entry.path else {
            throw .notAPackage("\(entry.path) has another name in its own header")
        }
        try reader.skip(extraLength)
        let stored = try reader.take(entry.storedSize)
        let contents = try entry.isDeflated ? Inflate.decompress(stored, size: entry.size) : Array(stored)
        guard contents.count == entry.size, CRC32.checksum(contents) == entry.checksum else {
            throw .notAPackage("\(entry.path) is damaged")
        }
        return contents
    }
}
