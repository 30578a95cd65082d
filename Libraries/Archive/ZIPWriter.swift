import Bytes

/// Puts files into an archive (PKWARE APPNOTE 6.3) whose bytes depend on nothing but the files and their order.
///
/// Files are stored, not compressed: pictures and a signature do not shrink.
public struct ZIPWriter: Sendable {
    private var entries: [ZIPEntry] = []
    private var paths: Set<String> = []

    /// The length in bytes of the archive with the files added so far.
    public private(set) var size = Record.endLength

    /// An archive without files.
    public init() {}

    /// The archive of files, in their order, in an array.
    public static func archive(_ entries: [ZIPEntry]) throws(ZIPError) -> [UInt8] {
        var writer = ZIPWriter()
        for entry in entries { try writer.add(entry) }
        return writer.archive().bytes
    }

    /// Adds a file behind the others.
    public mutating func add(_ entry: ZIPEntry) throws(ZIPError) {
        guard Self.isSafe(entry.path) else { throw .unsafePath(entry.path) }
        guard !paths.contains(entry.path) else { throw .duplicatePath(entry.path) }
        let pathLength = entry.path.utf8.count
        let grown = size + Record.localLength + Record.centralLength + 2 * pathLength + entry.bytes.count
        guard pathLength <= Int(UInt16.max), entries.count < Int(UInt16.max), grown <= Int(UInt32.max) else {
            throw .tooLarge
        }
        paths.insert(entry.path)
        entries.append(entry)
        size = grown
    }

    /// The archive's bytes, copied once out of its files.
    public func archive() -> SharedBytes {
        SharedBytes(count: size) { memory in
            var output = RecordOutput(memory)
            var offsets: [UInt32] = []
            for entry in entries {
                offsets.append(UInt32(output.count))
                Record.appendLocal(entry, to: &output)
                output.append(entry.bytes.memory)
            }
            let directory = UInt32(output.count)
            for (entry, offset) in zip(entries, offsets) {
                Record.appendCentral(entry, offset: offset, to: &output)
            }
            Record.appendEnd(count: UInt16(entries.count), directory: directory, to: &output)
            precondition(output.count == size, "an archive is as large as was counted")
        }
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
