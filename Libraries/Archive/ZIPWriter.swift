import Bytes

/// Puts files into an archive (PKWARE APPNOTE 6.3) whose bytes depend on nothing but the files and their order.
///
/// Files are stored, not compressed: pictures and a signature do not shrink.
public struct ZIPWriter: Sendable {
    private let begun: ZIPBeginning
    private var entries: [ZIPEntry] = []
    private var paths: Set<String> = []
    /// Bytes of the files and their records, those of the beginning included.
    private var filesLength: Int
    /// Bytes of the directory, its end not included.
    private var directoryLength: Int

    /// An archive without files.
    public init() {
        self.init(behind: .none)
    }

    /// An archive that begins with files that others begin with too.
    public init(behind beginning: ZIPBeginning) {
        begun = beginning
        filesLength = beginning.bytes.count
        directoryLength = beginning.directory.count
    }

    /// The archive of files, in their order, in an array.
    public static func archive(_ entries: [ZIPEntry]) throws(ZIPError) -> [UInt8] {
        var writer = ZIPWriter()
        for entry in entries { try writer.add(entry) }
        return writer.archive().bytes
    }

    /// The length in bytes of the whole archive with the files added so far.
    public var size: Int { filesLength + directoryLength + Record.endLength }

    /// Adds a file behind the others.
    public mutating func add(_ entry: ZIPEntry) throws(ZIPError) {
        guard Self.isSafe(entry.path) else { throw .unsafePath(entry.path) }
        guard !paths.contains(entry.path), !begun.paths.contains(entry.path) else { throw .duplicatePath(entry.path) }
        let pathLength = entry.path.utf8.count
        let grown = size + Record.localLength + Record.centralLength + 2 * pathLength + entry.bytes.count
        guard pathLength <= Int(UInt16.max), count < Int(UInt16.max), grown <= Int(UInt32.max) else { throw .tooLarge }
        paths.insert(entry.path)
        entries.append(entry)
        filesLength += Record.localLength + pathLength + entry.bytes.count
        directoryLength += Record.centralLength + pathLength
    }

    /// What follows the beginning, copied once out of its files: without a beginning, the whole archive.
    public func archive() -> SharedBytes {
        SharedBytes(count: size - begun.bytes.count) { memory in
            var output = RecordOutput(memory)
            let offsets = writeFiles(to: &output)
            output.append(begun.directory.memory)
            writeDirectory(offsets, to: &output)
            Record.appendEnd(
                count: UInt16(count), directory: UInt32(filesLength), length: UInt32(directoryLength), to: &output)
            precondition(output.count == memory.count, "an archive is as large as was counted")
        }
    }

    /// The files added so far, for archives that begin with them.
    func beginning() -> ZIPBeginning {
        precondition(begun.paths.isEmpty, "a beginning has none itself")
        var offsets: [UInt32] = []
        let bytes = SharedBytes(count: filesLength) { memory in
            var output = RecordOutput(memory)
            offsets = writeFiles(to: &output)
        }
        let directory = SharedBytes(count: directoryLength) { memory in
            var output = RecordOutput(memory)
            writeDirectory(offsets, to: &output)
        }
        return ZIPBeginning(bytes: bytes, directory: directory, paths: paths)
    }

    /// How many files there are, those of the beginning included.
    private var count: Int { begun.paths.count + entries.count }

    /// - Returns: where each file stands in the archive.
    private func writeFiles(to output: inout RecordOutput) -> [UInt32] {
        var offsets: [UInt32] = []
        offsets.reserveCapacity(entries.count)
        for entry in entries {
            offsets.append(UInt32(begun.bytes.count + output.count))
            Record.appendLocal(entry, to: &output)
            output.append(entry.bytes.memory)
        }
        return offsets
    }

    private func writeDirectory(_ offsets: [UInt32], to output: inout RecordOutput) {
        for (entry, offset) in zip(entries, offsets) { Record.appendCentral(entry, offset: offset, to: &output) }
    }

    private static func isSafe(_ path: String) -> Bool {
        guard !path.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: ":") }) else {
            return false
        }
        // Bytes, not characters: a package has a dozen files, and each phone gets one.
        return path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        }
    }
}
