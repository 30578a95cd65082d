/// Reads archives that strangers made (PKWARE APPNOTE 6.3).
///
/// Stored and deflated files in any order, folders, comments, extra fields and data descriptors are read. What could harm
/// is refused when the archive is opened, before anything is unpacked; a file is unpacked when it is asked for.
public struct ZIPReader: Sendable {
    /// The files in the order of the archive's directory, without folders.
    public let files: [ZIPFile]

    private let archive: [UInt8]
    private static let localSignature = 0x0403_4B50

    /// Opens an archive.
    public init(_ bytes: [UInt8], limits: ZIPLimits = ZIPLimits()) throws(ZIPReadError) {
        let directory = try ZIPDirectory(bytes, limits: limits)
        var files: [ZIPFile] = []
        var extents: [(range: Range<Int>, path: String)] = []
        var paths: Set<String> = []
        var total = 0
        for entry in directory.entries {
            try Self.check(entry, limits)
            guard paths.insert(entry.path).inserted else { throw .duplicatePath(entry.path) }
            total += entry.size
            guard total <= limits.totalBytes else { throw .archiveTooLarge(limit: limits.totalBytes) }
            let data = try Self.data(of: entry, in: bytes, before: directory.start)
            extents.append((entry.localOffset..<data.upperBound, entry.path))
            guard !entry.isDirectory else { continue }
            files.append(
                ZIPFile(
                    path: entry.path, size: entry.size, method: entry.method, crc32: entry.crc32,
                    packedSize: entry.packedSize, data: data))
        }
        try Self.refuseOverlaps(extents)
        self.files = files
        archive = bytes
    }

    /// Whether bytes begin as an archive does; says nothing of the rest.
    public static func isArchive(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6])
    }

    /// The file of a path.
    public func file(_ path: String) -> ZIPFile? {
        files.first { $0.path == path }
    }

    /// Unpacks a file; its size and checksum are those of the directory, or it is refused.
    public func bytes(of file: ZIPFile) throws(ZIPReadError) -> [UInt8] {
        guard file.data.upperBound <= archive.count else { throw .damagedFile(path: file.path) }
        let packed = archive[file.data]
        let bytes = file.isDeflated ? Inflater.inflate(packed, size: file.size) : Array(packed)
        guard let bytes, bytes.count == file.size, CRC32.checksum(bytes) == file.crc32 else {
            throw .damagedFile(path: file.path)
        }
        return bytes
    }

    /// What the directory says must be safe and within the limits.
    private static func check(_ entry: ZIPDirectory.Entry, _ limits: ZIPLimits) throws(ZIPReadError) {
        guard ZIPPath.isSafe(entry.path) else { throw .unsafePath(entry.path) }
        guard !entry.isSpecial else { throw .notAFile(path: entry.path) }
        // Bits 0, 6 and 13: encrypted, strongly encrypted, directory encrypted.
        guard entry.flags & 0x2041 == 0 else { throw .encrypted(path: entry.path) }
        guard entry.method == 0 || entry.method == 8 else {
            throw .unsupported("the compression method \(entry.method)")
        }
        guard entry.method == 8 || entry.size == entry.packedSize else {
            throw .damaged("a stored file has two sizes")
        }
        guard entry.size <= limits.fileBytes else { throw .fileTooLarge(path: entry.path, limit: limits.fileBytes) }
        if entry.size > ZIPLimits.ratioFloor, entry.size / limits.ratio > entry.packedSize {
            throw .suspiciousRatio(path: entry.path, limit: limits.ratio)
        }
    }

    /// Where a file's bytes stand, behind its own header, which must agree with the directory.
    private static func data(
        of entry: ZIPDirectory.Entry, in bytes: [UInt8], before limit: Int
    ) throws(ZIPReadError) -> Range<Int> {
        var cursor = ByteCursor(bytes, at: entry.localOffset)
        guard try cursor.uint32() == localSignature else { throw .damaged("a file is not where the directory says") }
        try cursor.skip(2)
        let (flags, method) = (try cursor.uint16(), try cursor.uint16())
        try cursor.skip(8)
        let packedSize = try cursor.uint32()
        try cursor.skip(4)
        let (nameLength, extraLength) = (try cursor.uint16(), try cursor.uint16())
        guard try cursor.take(nameLength) == entry.name, method == entry.method else {
            throw .damaged("a file's own header names another file than the directory")
        }
        // With a data descriptor the size follows the file; with ZIP64 fields it stands in one of them.
        guard flags & 8 != 0 || packedSize == entry.packedSize || packedSize == 0xFFFF_FFFF else {
            throw .damaged("a file's own header has another size than the directory")
        }
        try cursor.skip(extraLength)
        let start = cursor.index
        guard start <= limit, entry.packedSize <= limit - start else {
            throw .damaged("a file reaches into the directory")
        }
        return start..<(start + entry.packedSize)
    }

    private static func refuseOverlaps(_ extents: [(range: Range<Int>, path: String)]) throws(ZIPReadError) {
        var end = 0
        for extent in extents.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard extent.range.lowerBound >= end else { throw .overlapping(path: extent.path) }
            end = extent.range.upperBound
        }
    }
}
