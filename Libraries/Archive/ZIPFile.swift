/// A file in an archive that is read: what the directory says of it.
public struct ZIPFile: Sendable, Hashable {
    /// The path inside the archive, with slashes between its parts.
    public let path: String
    /// How many bytes it unpacks to.
    public let size: Int
    /// Whether it is compressed.
    public var isDeflated: Bool { method == 8 }

    let method: Int
    let crc32: UInt32
    let packedSize: Int
    /// Where its bytes stand in the archive.
    let data: Range<Int>
}
