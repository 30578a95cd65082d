import Bytes

/// A file to be stored in an archive as it is.
public struct ZIPEntry: Sendable {
    /// The path inside the archive, with slashes between its parts.
    public let path: String
    /// The file's bytes.
    public let bytes: SharedBytes
    /// The checksum of the bytes.
    public let crc32: UInt32

    /// A file whose checksum is computed now.
    public init(path: String, bytes: SharedBytes) {
        self.init(path: path, bytes: bytes, crc32: CRC32.checksum(bytes))
    }

    /// A file whose checksum is computed now.
    public init(path: String, bytes: [UInt8]) {
        self.init(path: path, bytes: SharedBytes(bytes))
    }

    /// A file whose checksum is known already.
    public init(path: String, bytes: SharedBytes, crc32: UInt32) {
        self.path = path
        self.bytes = bytes
        self.crc32 = crc32
    }
}
