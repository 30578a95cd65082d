import CZlib

/// The checksum of ZIP and PNG (ISO 3309).
public enum CRC32 {
    /// The checksum of bytes.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 {
        UInt32(truncatingIfNeeded: crc32_z(0, bytes, bytes.count))
    }
}
