import Bytes

/// Files that many archives begin with, with their records: written once for all of them.
public struct ZIPBeginning: Sendable {
    /// What stands before the first file that is an archive's own.
    public let bytes: SharedBytes
    /// The files' records in the archive's directory.
    let directory: SharedBytes
    let paths: Set<String>

    /// Writes the files in their order.
    public init(_ entries: [ZIPEntry]) throws(ZIPError) {
        var writer = ZIPWriter()
        for entry in entries { try writer.add(entry) }
        self = writer.beginning()
    }

    /// The beginning of an archive that shares nothing.
    static let none = ZIPBeginning(bytes: SharedBytes([]), directory: SharedBytes([]), paths: [])

    init(bytes: SharedBytes, directory: SharedBytes, paths: Set<String>) {
        self.bytes = bytes
        self.directory = directory
        self.paths = paths
    }
}
